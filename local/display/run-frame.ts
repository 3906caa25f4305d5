import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import type { OutlineItem } from '../definition.ts';
import { formatDuration, progressBar } from './format.ts';
import type { Paint } from './paint.ts';
import { type RunView, type StateView, stateView } from './run-view.ts';
import { safeText } from './safe-text.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const NAME_WIDTH = 24;
const BAR_WIDTH = 10;

/** The whole run as lines of at most 80 columns: the states in order, the branches of a Parallel drawn as such. */
export function runFrame(outline: readonly OutlineItem[], view: RunView, now: number, paint: Paint): string {
  const line = (state: StateName, lead: string) => stateLine(state, lead, view, now, paint);
  return outline
    .flatMap((item) => (typeof item === 'string' ? [line(item, '')] : branchLines(item.branches, line, paint)))
    .join('\n');
}

function branchLines(
  branches: readonly (readonly StateName[])[],
  line: (state: StateName, lead: string) => string,
  paint: Paint,
): string[] {
  return branches.flatMap((states, index) => {
    const isLast = index === branches.length - 1;
    return states.map((state, step) => {
      const corner = step > 0 ? (isLast ? '   ' : '│  ') : isLast ? '└─ ' : '├─ ';
      return line(state, paint('dim', corner));
    });
  });
}

function stateLine(state: StateName, lead: string, view: RunView, now: number, paint: Paint): string {
  const known = stateView(view, state);
  const name = state.padEnd(NAME_WIDTH - (lead ? 3 : 0));
  const shown = known.status === 'waiting' ? paint('dim', name) : name;
  return `  ${lead}${mark(known, view.ended, now, paint)} ${shown}${news(known, view.ended, now, paint)}`.trimEnd();
}

function mark({ status }: StateView, ended: boolean, now: number, paint: Paint): string {
  if (status === 'succeeded') return paint('green', '✔');
  if (status === 'failed') return ended ? paint('red', '✖') : paint('yellow', '↻');
  if (status === 'running')
    return ended ? paint('yellow', '■') : paint('cyan', SPINNER[Math.floor(now / FRAME_MS) % 10]);
  return paint('dim', '·');
}

function news(known: StateView, ended: boolean, now: number, paint: Paint): string {
  const { status, attempt, startedAt, durationMs, progress, error } = known;
  if (status === 'waiting') return '';
  const elapsed = formatDuration(status === 'running' ? now - startedAt : durationMs);
  const parts = [elapsed.padStart(10)];
  if (progress && status !== 'failed') parts.push(progressText(progress, status === 'running' && !ended, paint));
  if (status === 'failed') parts.push(paint(ended ? 'red' : 'yellow', safeText(error ?? '')));
  if (status === 'failed' && !ended) parts.push('trying again');
  else if (attempt > 1) parts.push(`attempt ${attempt}`);
  if (status === 'running' && ended) parts.push('stopped');
  return parts.join('  ');
}

function progressText({ epoch, epochs, loss }: StepProgress, goesOn: boolean, paint: Paint): string {
  const lossText = `loss ${loss.toPrecision(3)}`;
  if (epoch === epochs) return `${epochs} epochs, ${lossText}`;
  const bar = goesOn ? `${paint('cyan', progressBar(epoch / epochs, BAR_WIDTH))} ` : '';
  return `${bar}${epoch}/${epochs}, ${lossText}`;
}
