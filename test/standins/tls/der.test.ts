import { boolean, element, objectIdentifier, time, unsigned } from '../../../standins/tls/der';

const hex = (bytes: Buffer): string => bytes.toString('hex');

// Right values from X.690 (8.1.3, 8.3, 8.19) and RFC 5280 (4.1.2.5).
describe('DER', () => {
  it('writes a length in one byte up to 127, then in as many as it takes', () => {
    const head = (size: number): string => hex(element(0x04, Buffer.alloc(size)).subarray(0, 5));
    expect(head(3)).toBe('0403000000');
    expect(hex(element(0x04, Buffer.alloc(127)).subarray(0, 2))).toBe('047f');
    expect(hex(element(0x04, Buffer.alloc(128)).subarray(0, 3))).toBe('048180');
    expect(hex(element(0x04, Buffer.alloc(435)).subarray(0, 4))).toBe('048201b3');
  });

  it('writes a number in as few bytes as it takes, and never as a negative one', () => {
    expect(hex(unsigned(Buffer.from([0])))).toBe('020100');
    expect(hex(unsigned(Buffer.from([0, 0, 127])))).toBe('02017f');
    expect(hex(unsigned(Buffer.from([128])))).toBe('02020080');
    expect(hex(unsigned(Buffer.from([1, 0])))).toBe('02020100');
  });

  it('writes an object identifier with its first two parts in one', () => {
    expect(hex(objectIdentifier('2.5.29.17'))).toBe('0603551d11');
    expect(hex(objectIdentifier('1.2.840.10045.4.3.2'))).toBe('06082a8648ce3d040302');
  });

  it('writes true as all ones', () => {
    expect([hex(boolean(true)), hex(boolean(false))]).toEqual(['0101ff', '010100']);
  });

  it('writes a time with two digits of the year until 2049', () => {
    expect(time(new Date('2049-12-31T23:59:59.900Z')).toString('latin1', 2)).toBe('491231235959Z');
    expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1', 2)).toBe('20500101000000Z');
    expect([time(new Date(0))[0], time(new Date('2050-01-01'))[0]]).toEqual([0x17, 0x18]);
  });
});
