// The arithmetic of the sample: random vectors, their sum in single precision, and its check in double precision.

export const VECTOR_LENGTH = 50_000;

/** As NVIDIA's sample allows. */
const TOLERANCE = 1e-5;

/** Adds two random vectors element by element; returns the first element whose sum is off, or undefined. */
export function vectorAdd(random: () => number = Math.random, add = addInto): number | undefined {
  const a = Float32Array.from({ length: VECTOR_LENGTH }, random);
  const b = Float32Array.from({ length: VECTOR_LENGTH }, random);
  const sum = new Float32Array(VECTOR_LENGTH);
  add(a, b, sum);
  const wrongAt = sum.findIndex((value, index) => {
    const expected = (a[index] ?? NaN) + (b[index] ?? NaN);
    return !(Math.abs(expected - value) <= TOLERANCE);
  });
  return wrongAt === -1 ? undefined : wrongAt;
}

function addInto(a: Float32Array, b: Float32Array, sum: Float32Array): void {
  for (let index = 0; index < sum.length; index += 1) sum[index] = (a[index] ?? NaN) + (b[index] ?? NaN);
}
