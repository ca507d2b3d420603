// The one entry point: reads the settings once and registers every trigger, orchestration and activity.
import { createServices } from '../app/services';
import { registerCancelJob } from './cancel-job';
import { registerCancelJobs } from './cancel-jobs';
import { registerDrain } from './drain';
import { registerFailureAnswers } from './failure-answers';
import { registerGetJob } from './get-job';
import { registerGetJobLogs } from './get-job-logs';
import { registerHealth } from './health';
import { registerKeepPoison } from './keep-poison';
import { registerListJobs } from './list-jobs';
import { registerOnKick } from './on-kick';
import { registerPlacements } from './placements';
import { registerStory } from './register-story';
import { registerResubmitJob } from './resubmit-job';
import { registerSubmitFromQueue } from './submit-from-queue';
import { registerSubmitJob } from './submit-job';
import { registerTick } from './tick';

const services = createServices(process.env);

registerFailureAnswers();
registerStory(services);
registerSubmitJob(services);
registerSubmitFromQueue(services);
registerListJobs(services);
registerGetJob(services);
registerGetJobLogs(services);
registerCancelJob(services);
registerTick(services);
registerCancelJobs(services);
registerResubmitJob(services);
registerDrain(services);
registerPlacements(services);
registerHealth(services);
registerKeepPoison(services);
registerOnKick(services);
