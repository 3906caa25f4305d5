import { describe, expect, it } from 'vitest';
import { containerState, handOverState } from '../../../contracts/container.ts';
import { CONTROL_STATES, STATES } from '../../../contracts/states.ts';
import type { FoldItem } from '../../../contracts/workflow.ts';
import type { HistoryEvent } from '../../../local/deployed/executions.ts';
import { RunHistory } from '../../../local/deployed/run-history.ts';
import { entered, exited, historyOf } from '../fakes/fake-executions.ts';

const { mergeRows, evaluateFold, trainGenerator, trainDiscriminator, generateRows, recordFailure, publishDataset } =
  STATES;

function read(events: readonly HistoryEvent[]) {
  const history = new RunHistory();
  const told = events
    .flatMap((event) => history.add(event))
    .map(({ time: _, ...news }) => {
      if (!('state' in news)) return news.type;
      const duration = 'durationMs' in news ? ` ${news.durationMs} ms` : '';
      const error = 'error' in news ? ` ${news.error}: ${news.cause}` : '';
      const fold = 'strategy' in news ? ` ${news.strategy}.${news.repeat}.${news.fold}` : '';
      const count = 'done' in news ? `${news.done}/${news.of}` : 'attempt' in news ? news.attempt : '';
      return `${news.type} ${news.state}${fold} ${count}${duration}${error}`;
    });
  return { history, told };
}

describe('RunHistory', () => {
  it('tells of a step with the time that Step Functions measured', () => {
    const { history, told } = read(
      historyOf(
        { type: 'ExecutionStarted' },
        entered(mergeRows, { at: 1 }),
        { type: 'LambdaFunctionScheduled', at: 1 },
        { type: 'LambdaFunctionStarted', at: 1 },
        { type: 'LambdaFunctionSucceeded', at: 3.5 },
        exited(mergeRows, { at: 3.5 }),
        { type: 'PassStateEntered', name: CONTROL_STATES.describeResult, at: 4 },
        { type: 'ExecutionSucceeded', output: '{}', at: 5 },
      ),
    );
    expect(told).toEqual(['state-started MergeRows 1', 'state-succeeded MergeRows 1 2500 ms']);
    expect(history.end).toEqual({ status: 'succeeded', durationMs: 5000, output: '{}' });
    expect(history.running()).toEqual([]);
  });

  it('tells of a step in a container as of any other, and of one that outgrew its function as of a second attempt', () => {
    const { history, told } = read(
      historyOf(
        entered(mergeRows),
        { type: 'LambdaFunctionScheduled' },
        { type: 'LambdaFunctionFailed', error: 'Sandbox.Timedout', cause: '{"errorMessage":"too long"}', at: 900 },
        exited(mergeRows, { at: 900 }),
        entered(handOverState(mergeRows), { at: 900 }),
        { type: 'TaskScheduled', at: 900 },
        { type: 'TaskSucceeded', at: 901 },
        exited(handOverState(mergeRows), { at: 901 }),
        entered(containerState(mergeRows), { at: 901 }),
        { type: 'TaskScheduled', at: 901 },
        { type: 'TaskFailed', error: 'StepStoppedError', cause: 'Spot', at: 1000 },
        { type: 'TaskScheduled', at: 1002 },
        { type: 'TaskSucceeded', at: 2000 },
        exited(containerState(mergeRows), { at: 2000 }),
      ),
    );
    expect(told).toEqual([
      'state-started MergeRows 1',
      'state-failed MergeRows 1 900000 ms Sandbox.Timedout: too long',
      'state-started MergeRows 2',
      'state-failed MergeRows 2 99000 ms StepStoppedError: Spot',
      'state-started MergeRows 3',
      'state-succeeded MergeRows 3 998000 ms',
    ]);
    expect(history.running()).toEqual([]);
  });

  it('numbers attempts, and gives the cause of a Lambda function in words', () => {
    const { told } = read(
      historyOf(
        entered(mergeRows),
        { type: 'LambdaFunctionScheduled' },
        {
          type: 'LambdaFunctionFailed',
          error: 'StoreUnavailableError',
          cause: '{"errorMessage":"resting","trace":[]}',
          at: 2,
        },
        { type: 'LambdaFunctionScheduled', at: 6 },
        { type: 'LambdaFunctionTimedOut', at: 16 },
        { type: 'LambdaFunctionScheduled', at: 20 },
        { type: 'LambdaFunctionSucceeded', at: 21 },
        exited(mergeRows, { at: 21 }),
      ),
    );
    expect(told).toEqual([
      'state-started MergeRows 1',
      'state-failed MergeRows 1 2000 ms StoreUnavailableError: resting',
      'state-started MergeRows 2',
      'state-failed MergeRows 2 10000 ms States.Timeout: ',
      'state-started MergeRows 3',
      'state-succeeded MergeRows 3 1000 ms',
    ]);
  });

  it('tells branches that run side by side apart', () => {
    const { history, told } = read(
      historyOf(
        { type: 'ParallelStateEntered', name: CONTROL_STATES.trainBoth },
        { type: 'ParallelStateStarted' },
        entered(trainGenerator, { previousId: 2 }),
        { type: 'LambdaFunctionScheduled', previousId: 3 },
        entered(trainDiscriminator, { previousId: 2 }),
        { type: 'LambdaFunctionScheduled', previousId: 5 },
        { type: 'LambdaFunctionFailed', previousId: 4, error: 'StoreUnavailableError', cause: 'resting', at: 1 },
        { type: 'LambdaFunctionScheduled', previousId: 7, at: 2 },
        exited(trainDiscriminator, { previousId: 6, at: 3 }),
        exited(trainGenerator, { previousId: 8, at: 5 }),
        entered(generateRows, { previousId: 10, at: 5 }),
      ),
    );
    expect(told).toEqual([
      'state-started TrainGenerator 1',
      'state-started TrainDiscriminator 1',
      'state-failed TrainGenerator 1 1000 ms StoreUnavailableError: resting',
      'state-started TrainGenerator 2',
      'state-succeeded TrainDiscriminator 1 3000 ms',
      'state-succeeded TrainGenerator 2 3000 ms',
      'state-started GenerateRows 1',
    ]);
    expect(history.running()).toEqual([generateRows]);
  });

  it('knows why a run failed and where that is recorded; a state that is left after its failure did not succeed', () => {
    const { history, told } = read(
      historyOf(
        { type: 'ExecutionStarted' },
        entered(mergeRows),
        { type: 'TaskFailed', error: 'UnknownTargetError', cause: 'There is no column "x".' },
        exited(mergeRows),
        entered(recordFailure),
        exited(recordFailure, { output: '{"failure":{"manifest":"s3://b/balanced/x/manifest.json"}}' }),
        { type: 'ExecutionFailed', error: 'UnknownTargetError', cause: 'There is no column "x".', at: 9 },
      ),
    );
    expect(told.slice(0, 3)).toEqual([
      'state-started MergeRows 1',
      'state-failed MergeRows 1 0 ms UnknownTargetError: There is no column "x".',
      'state-started RecordFailure 1',
    ]);
    expect(history.end).toEqual({
      status: 'failed',
      durationMs: 9000,
      error: 'UnknownTargetError',
      cause: 'There is no column "x".',
    });
    expect([history.failureRecord, history.isPublished]).toEqual(['s3://b/balanced/x/manifest.json', false]);
  });

  it('knows that the outputs were in place when it failed after that', () => {
    const { history } = read(historyOf(entered(publishDataset), exited(publishDataset), { type: 'ExecutionTimedOut' }));
    expect(history.isPublished).toBe(true);
    expect(history.end).toMatchObject({ error: 'States.Timeout' });
  });

  it('finds the state of events that do not say what led to them, as emulators leave that out', () => {
    const bare = historyOf(
      entered(mergeRows),
      { type: 'TaskScheduled' },
      { type: 'TaskFailed', error: 'E', cause: 'c' },
      { type: 'TaskScheduled' },
    ).map(({ previousId: _, ...event }) => event);
    expect(read(bare).told).toEqual([
      'state-started MergeRows 1',
      'state-failed MergeRows 1 0 ms E: c',
      'state-started MergeRows 2',
    ]);
  });

  const fold = (strategy: FoldItem['strategy'], at: number) => ({
    input: JSON.stringify({
      compared: { rows: 's3://b/train.table', assignment: 's3://b/folds.arrays' },
      item: { strategy, repeat: 0, fold: at },
    }),
  });
  const iteration = (type: string, more: object) => ({ type, name: CONTROL_STATES.compareStrategies, ...more });

  it('tells of the folds of a Map as a local run does, whatever the order of their events', () => {
    const { history, told } = read(
      historyOf(
        { type: 'MapStateEntered', name: CONTROL_STATES.compareStrategies },
        { type: 'MapStateStarted', length: 2 },
        iteration('MapIterationStarted', { previousId: 2 }),
        entered(evaluateFold, { ...fold('none', 0), previousId: 3, at: 1 }),
        { type: 'LambdaFunctionScheduled', previousId: 4, at: 1 },
        iteration('MapIterationStarted', { previousId: 2 }),
        entered(evaluateFold, { ...fold('none', 1), previousId: 6, at: 2 }),
        { type: 'LambdaFunctionScheduled', previousId: 7, at: 2 },
        { type: 'LambdaFunctionFailed', previousId: 5, error: 'StoreUnavailableError', cause: 'resting', at: 3 },
        { type: 'LambdaFunctionScheduled', previousId: 9, at: 4 },
        exited(evaluateFold, { previousId: 8, at: 5 }),
        iteration('MapIterationSucceeded', { previousId: 11, at: 5 }),
        exited(evaluateFold, { previousId: 10, at: 8 }),
        iteration('MapIterationSucceeded', { previousId: 13, at: 8 }),
        { type: 'MapStateSucceeded', previousId: 14, at: 8 },
        { type: 'MapStateExited', name: CONTROL_STATES.compareStrategies, previousId: 14, at: 8 },
      ),
    );
    expect(told).toEqual([
      'state-started EvaluateFold 1',
      'state-failed EvaluateFold none.0.0 1 2000 ms StoreUnavailableError: resting',
      'state-started EvaluateFold none.0.0 2',
      'fold-evaluated EvaluateFold none.0.1 1/2 3000 ms',
      'fold-evaluated EvaluateFold none.0.0 2/2 4000 ms',
      'state-succeeded EvaluateFold 1 7000 ms',
    ]);
    expect(history.running()).toEqual([]);
  });

  it('knows that folds are under way, and how many there are', () => {
    const { history, told } = read(
      historyOf(
        { type: 'MapStateEntered', name: CONTROL_STATES.compareStrategies },
        { type: 'MapStateStarted', length: 35 },
        iteration('MapIterationStarted', { previousId: 2 }),
        entered(evaluateFold, { ...fold('none', 0), previousId: 3 }),
        iteration('MapIterationStarted', { previousId: 2 }),
        entered(evaluateFold, { ...fold('none', 1), previousId: 5 }),
        exited(evaluateFold, { previousId: 4, at: 2 }),
      ),
    );
    expect(told.at(-1)).toBe('fold-evaluated EvaluateFold none.0.0 1/35 2000 ms');
    expect(history.running()).toEqual([evaluateFold]);
  });

  it('tells nothing of a Map without items, nor of one that is not its own', () => {
    const map = { type: 'MapStateEntered', name: CONTROL_STATES.compareStrategies };
    const { told } = read(
      historyOf(
        map,
        { type: 'MapStateStarted', length: 0 },
        { type: 'MapStateSucceeded' },
        { type: 'MapStateExited', name: CONTROL_STATES.compareStrategies },
        entered(evaluateFold, { input: '{"other":1}' }),
        exited(evaluateFold),
      ),
    );
    expect(told).toEqual([]);
  });

  it.each([
    ['ExecutionAborted', 'ExecutionAborted', 'Somebody stopped the execution.'],
    ['ExecutionTimedOut', 'States.Timeout', 'The execution took longer than the state machine allows.'],
  ])('%s is a failure, in words', (type, error, cause) => {
    expect(read(historyOf({ type })).history.end).toMatchObject({ status: 'failed', error, cause });
  });
});
