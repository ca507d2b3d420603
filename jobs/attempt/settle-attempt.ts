// Step 5: the job ends or waits for its next attempt, and its end is announced; a removal that is stuck delays neither
// (protocol §4.6, §4.8).
import type { Activity } from '../../orchestrations/activity-contract';
import { READ_AGAIN } from '../flow/read-again';
import { announce } from '../job/announce';
import type { EndPorts, PlacePorts } from '../ports';
import { settle } from './settle';
import { GO_ON, onTurn, type Scene } from './turn';

export type SettlePorts = EndPorts & PlacePorts;

export function settleAttempt(ports: SettlePorts): Activity {
  return (story) =>
    onTurn(ports, story, async (scene) => ((await settleOrAnnounce(ports, scene)) ? READ_AGAIN : GO_ON));
}

/** Settles or announces, whichever applies; false when neither does. */
export async function settleOrAnnounce(ports: SettlePorts, scene: Scene): Promise<boolean> {
  if (scene.line === 'settle' && scene.settlement.kind !== 'wait') {
    await settle(ports, scene.records, scene.attempt, scene.settlement);
    return true;
  }
  if (scene.line === 'announce') {
    await announce(ports, scene.job.jobId);
    return true;
  }
  return false;
}
