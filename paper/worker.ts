import { packError } from '../local/workers/worker-messages.ts';
import { openStore } from '../storage/open-store.ts';
import { perform, type Task } from './tasks/task.ts';

/** A process that does one task after the other, for the pool that forked it. */
const store = openStore();

process.on('disconnect', () => process.exit());
process.on('message', async (task: Task) => {
  try {
    process.send?.({ answer: await perform(task, store) });
  } catch (thrown) {
    process.send?.({ error: packError(thrown) });
  }
});
