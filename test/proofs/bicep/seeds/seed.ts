// A fault that is put into the sound Bicep of test/fixtures/bicep, and what must be said of it.

export interface Seed {
  readonly fault: string;
  readonly file: 'main.bicep' | 'app.bicep' | 'identity.bicep' | 'alerts.bicep' | 'runner.bicep';
  /** What is replaced; it stands once in the file. */
  readonly from: string;
  /** `¦` marks where the fault is to be told. */
  readonly to: string;
  /** Part of the message. */
  readonly says: string;
}
