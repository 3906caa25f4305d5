import { MAPPED_STATE, STATES, type StateName } from '../../contracts/states.ts';
import type { OutlineItem } from '../run/definition.ts';
import { formatDuration, progressBar } from './format.ts';
import type { Paint } from './paint.ts';
import { type RunView, type StateView, stateView } from './run-view.ts';
import { safeText } from './safe-text.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const NAME_WIDTH = 24;
const BAR_WIDTH = 10;
/** It begins where times do. */
const NOTHING_TO_COMPARE = '   nothing to compare';

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
  if (wasLeftOut(state, view)) return `  ${lead}${paint('dim', `– ${name}${NOTHING_TO_COMPARE}`)}`;
  const shown = known.status === 'waiting' ? paint('dim', name) : name;
  return `  ${lead}${mark(known, view.ended, now, paint)} ${shown}${news(known, view.ended, now, paint)}`.trimEnd();
}

/** A Map without items never enters the state that is inside of it. */
function wasLeftOut(state: StateName, view: RunView): boolean {
  const waits = (name: StateName) => stateView(view, name).status === 'waiting';
  return state === MAPPED_STATE && waits(MAPPED_STATE) && !waits(STATES.fitModel);
}

function mark({ status }: StateView, ended: boolean, now: number, paint: Paint): string {
  if (status === 'succeeded') return paint('green', '✔');
  if (status === 'failed') return ended ? paint('red', '✖') : paint('yellow', '↻');
  if (status === 'running')
    return ended ? paint('yellow', '■') : paint('cyan', SPINNER[Math.floor(now / FRAME_MS) % 10]);
  return paint('dim', '·');
}

function news(known: StateView, ended: boolean, now: number, paint: Paint): string {
  const { status, attempt, startedAt, durationMs, error } = known;
  if (status === 'waiting') return '';
  const elapsed = formatDuration(status === 'running' ? now - startedAt : durationMs);
  const parts = [elapsed.padStart(10)];
  if (status !== 'failed') parts.push(...progressTexts(known, status === 'running' && !ended, paint));
  if (status === 'failed') parts.push(paint(ended ? 'red' : 'yellow', safeText(error ?? '')));
  if (status === 'failed' && !ended) parts.push('trying again');
  else if (attempt > 1) parts.push(`attempt ${attempt}`);
  if (status === 'running' && ended) parts.push('stopped');
  return parts.join('  ');
}

function progressTexts({ progress, folds }: StateView, goesOn: boolean, paint: Paint): string[] {
  const counted = (done: number, of: number) =>
    `${goesOn ? `${paint('cyan', progressBar(done / of, BAR_WIDTH))} ` : ''}${done}/${of}`;
  if (folds) return [folds.done === folds.of ? `${folds.of} evaluated` : counted(folds.done, folds.of)];
  if (!progress) return [];
  const { epoch, epochs, loss } = progress;
  return [`${epoch === epochs ? `${epochs} epochs` : counted(epoch, epochs)}, loss ${loss.toPrecision(3)}`];
}
