import { createRequire } from 'node:module';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { StateMachine } from 'aws-local-stepfunctions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { CONTAINER_ENVIRONMENT, containerState, handOverState, stepOfState } from '../../contracts/container.ts';
import { StepCrashedError, StepStoppedError, StoreUnavailableError } from '../../contracts/errors.ts';
import { evaluationSettingsSchema } from '../../contracts/evaluation-settings.ts';
import { NO_CONTAINER_ROOM_ERRORS, RETRY, RETRYABLE_CONTAINER_ERRORS, ROOM_RETRY } from '../../contracts/retries.ts';
import { HAPPY_PATH, STATES, type StateName } from '../../contracts/states.ts';
import { DatasetRebalancer, type DatasetRebalancerProps } from '../../infra/dataset-rebalancer.ts';
import { FOLD_LIMITS, LAMBDA_LIMITS } from '../../infra/step-compute.ts';
import { executionTimeout } from '../../infra/step-sizes.ts';
import { generateDefinition, placeholderArn } from '../../scripts/generate-definition.ts';
import { triesAgain, waitsForRoom } from './retries.ts';
import {
  createApp,
  flatten,
  functionId,
  machineIds,
  ofType,
  parseDefinition,
  type Resource,
  synthesizeStack,
} from './synthesize.ts';

// biome-ignore lint/suspicious/noExplicitAny: states, and what is run, are looked into, whatever their type
type Any = any;
type Resources = Readonly<Record<string, Resource>>;

const auto = synthesizeStack({ compute: 'auto' });
const MOVABLE = HAPPY_PATH.filter((state) => state !== STATES.resolveRequest);

/** Every state of a definition, those in branches and iterations too, by name. */
function statesOf(definition: Any): Record<string, Any> {
  const own = Object.entries<Any>(definition.States);
  const inner = own.flatMap(([, { Branches = [], ItemProcessor }]) => [...Branches, ItemProcessor].filter(Boolean));
  return Object.assign(Object.fromEntries(own), ...inner.map(statesOf));
}

function definitionOf(resources: Resources, machine = machineIds(resources).run): Any {
  const arnOf = (id: string) =>
    resources[id]?.Type === 'AWS::Lambda::Function' ? `arn:aws:lambda:eu-central-1:111122223333:function:${id}` : id;
  return parseDefinition(resources, arnOf, machine);
}

function containersOf(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(ofType(resources, type)).filter(([id]) => id.includes('Containers'));
}

describe('by default', () => {
  const { resources } = synthesizeStack();

  it('nothing runs on Fargate, and nothing of ECS, Docker or a network is deployed', () => {
    const types = new Set(Object.values(resources).map(({ Type }) => Type));
    expect([...types].filter((type) => /ECS|ECR|EC2/.test(type))).toEqual([]);
    expect(synthesizeStack({ compute: 'lambda' }).resources).toEqual(resources);
    const definition = parseDefinition(resources, (id) => placeholderArn(stepNamed(resources, id)));
    expect(definition).toEqual(JSON.parse(generateDefinition()));
  });

  function stepNamed(all: Resources, id: string): StateName {
    return Object.values(STATES).find((state) => functionId(all, state) === id)!;
  }
});

describe('a step with a choice', () => {
  const states = statesOf(definitionOf(auto.resources));

  const manyRows = { Variable: '$.prepared.encodedBytes', NumericGreaterThan: 256 * 1024 ** 2 };
  const outgrown = { Or: [manyRows, { Variable: '$.prepared.input.bytes', NumericGreaterThan: 1024 ** 3 }] };
  const outgrownByFolds = {
    And: [
      manyRows,
      {
        Or: [
          { Variable: '$.request.evaluation.maximumRows', NumericGreaterThan: 50_000 },
          { Variable: '$.prepared.encodedAttributes', NumericGreaterThan: 1342 },
        ],
      },
    ],
  };

  it.each(MOVABLE.filter((state) => state !== STATES.prepareDataset))(
    '%s goes to a container where the table outgrows its function, and both ways come together again',
    (state) => {
      const choice = states[`ChooseComputeOf${state}`];
      const where = state === STATES.evaluateFold ? outgrownByFolds : outgrown;
      expect(choice).toMatchObject({
        Type: 'Choice',
        Choices: [{ ...where, Next: handOverState(state) }],
        Default: state,
      });
      const { Next, End, ResultPath } = states[state];
      expect(states[handOverState(state)]).toMatchObject({ Next: containerState(state), ResultPath: null });
      const inContainer = states[containerState(state)];
      expect([inContainer.Next, inContainer.End, inContainer.ResultPath]).toEqual([Next, End, ResultPath]);
    },
  );

  it('folds stay with Lambda while their sample is no larger than any table may be that stays there', () => {
    expect(FOLD_LIMITS.rows).toBe(evaluationSettingsSchema.parse({}).maximumRows);
    const sampleBytes = (columns: number) => FOLD_LIMITS.rows * columns * Float32Array.BYTES_PER_ELEMENT;
    expect(sampleBytes(FOLD_LIMITS.columns)).toBeLessThanOrEqual(LAMBDA_LIMITS.encodedBytes);
    expect(sampleBytes(FOLD_LIMITS.columns + 1)).toBeGreaterThan(LAMBDA_LIMITS.encodedBytes);
  });

  it('PrepareDataset, before which nothing is measured, goes to one where its function ended too early', () => {
    const [outgrown, failed] = states.PrepareDataset.Catch;
    expect(outgrown).toMatchObject({ Next: 'HandOverPrepareDataset', ResultPath: null });
    expect(outgrown.ErrorEquals).toEqual(
      expect.arrayContaining(['Sandbox.Timedout', 'Runtime.OutOfMemory', 'StoreRefusedError']),
    );
    expect(failed).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'RecordFailure' });
    expect(states.HandOverPrepareDataset.Next).toBe('PrepareDatasetOnFargate');
    expect(states.PrepareDatasetOnFargate.Next).toBe(states.PrepareDataset.Next);
  });

  it.each(MOVABLE)('%s is caught in a container as in its function', (state) => {
    const failures = ({ Catch = [] }: Any) => Catch.filter(({ Next }: Any) => Next === STATES.recordFailure);
    expect(failures(states[containerState(state)])).toEqual(failures(states[state]));
    expect(failures(states[handOverState(state)])).toEqual(failures(states[state]));
  });

  it.each(MOVABLE)('%s retries in a container what is worth it, and nothing else', (state) => {
    expect(states[containerState(state)].Retry).toEqual([
      waitsForRoom(NO_CONTAINER_ROOM_ERRORS),
      triesAgain(RETRYABLE_CONTAINER_ERRORS),
    ]);
    expect(RETRYABLE_CONTAINER_ERRORS).toContain(StepStoppedError.name);
    expect(RETRYABLE_CONTAINER_ERRORS).not.toContain(StepCrashedError.name);
  });

  it('hands the whole payload over in the bucket, and tells the container where it is, whose it is, and its token', () => {
    expect(states.HandOverSelectRows).toMatchObject({
      Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
      Parameters: {
        'Key.$': "States.Format('balanced/runs/{}/select-rows/payload.json', $$.Execution.Name)",
        'Body.$': '$',
        Tagging: 'counterpoise=run-artifact',
      },
    });
    const { Resource: resource, Parameters, TimeoutSeconds, HeartbeatSeconds } = states.SelectRowsOnFargate;
    expect(resource).toBe('arn:aws:states:::ecs:runTask.waitForTaskToken');
    expect([TimeoutSeconds, HeartbeatSeconds]).toEqual([4 * 60 * 60, 10 * 60]);
    const [{ Environment }] = Parameters.Overrides.ContainerOverrides;
    const [state, payload, token] = Object.values(CONTAINER_ENVIRONMENT).map((name) =>
      Environment.find((each: Any) => each.Name === name),
    );
    expect(state.Value).toBe('SelectRows');
    expect(payload['Value.$']).toContain(states.HandOverSelectRows.Parameters['Key.$']);
    expect(token['Value.$']).toBe('$$.Task.Token');
  });

  it('gives each fold a payload of its own', () => {
    expect(states.HandOverEvaluateFold.Parameters['Key.$']).toBe(
      "States.Format('balanced/runs/{}/evaluate-fold/{}.{}.{}.payload.json', $$.Execution.Name, " +
        '$.item.strategy, $.item.repeat, $.item.fold)',
    );
  });

  it('may take longer than in its function, and so may the run, and the batch that waits for it', () => {
    const oneTry = 4 * 60 * 60 + 6 * 30 + 31;
    const folds = 100;
    const longest = executionTimeout().toSeconds() + (MOVABLE.length - 1 + folds) * oneTry;
    expect(definitionOf(auto.resources).TimeoutSeconds).toBe(longest);
    const batch = definitionOf(auto.resources, machineIds(auto.resources).batch);
    expect(statesOf(batch).RebalanceDataset.TimeoutSeconds).toBe(longest + 5 * 60);
  });

  it('passes the validator of the States language', () => {
    const validate = createRequire(import.meta.resolve('aws-local-stepfunctions'))('asl-validator');
    expect(validate(structuredClone(definitionOf(auto.resources)))).toMatchObject({ isValid: true, errors: [] });
  });
});

describe('a run', () => {
  const machine = new StateMachine(definitionOf(auto.resources));
  const tasks = Object.entries(statesOf(definitionOf(auto.resources))).filter(([, { Type }]) => Type === 'Task');

  /** The steps, in the order of a run, by the states that they ran in; PrepareDataset measures what is given. */
  async function placesOf(
    measured: object,
    fails: Record<string, Error> = {},
    request: object = { evaluation: { maximumRows: FOLD_LIMITS.rows } },
  ): Promise<string[]> {
    const ran: string[] = [];
    const planned = {
      compared: { rows: 's3://…', assignment: 's3://…' },
      items: [{ strategy: 'none', repeat: 0, fold: 0 }],
    };
    const answers: Record<string, object> = {
      ResolveRequest: { execution: { id: 'run-1' }, request },
      PrepareDataset: measured,
      PrepareDatasetOnFargate: measured,
      PlanComparison: planned,
      PlanComparisonOnFargate: planned,
    };
    const handlers = tasks.map(([name]) => [
      name,
      async () => {
        ran.push(name);
        if (fails[name]) throw fails[name];
        return structuredClone(answers[name] ?? {});
      },
    ]);
    const { result } = machine.run({} as Any, {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        retryIntervalOverrides: Object.fromEntries(tasks.map(([name]) => [name, 0])),
      },
      context: { Execution: { Name: 'run-1' }, Task: { Token: 'token' } } as Any,
    });
    // What the made-up steps answer is too little to describe.
    await result.catch(() => {});
    return ran.filter((name) => (MOVABLE as readonly string[]).includes(stepOfState(name)));
  }

  const small = {
    encodedBytes: LAMBDA_LIMITS.encodedBytes,
    encodedAttributes: FOLD_LIMITS.columns,
    input: { bytes: LAMBDA_LIMITS.tableBytes },
  };

  it('of a table that fits stays with Lambda to the byte', async () => {
    const places = await placesOf(small);
    expect(places.length).toBeGreaterThan(8);
    expect(places.filter((name) => name.endsWith('OnFargate'))).toEqual([]);
  });

  it.each([
    ['encoded rows', { ...small, encodedBytes: LAMBDA_LIMITS.encodedBytes + 1 }],
    ['file', { ...small, input: { bytes: LAMBDA_LIMITS.tableBytes + 1 } }],
  ])('of a table whose %s outgrow a function goes on in containers', async (_, measured) => {
    const [prepare, ...others] = await placesOf(measured);
    expect(prepare).toBe('PrepareDataset');
    expect(others.length).toBeGreaterThan(7);
    expect(others.filter((name) => !name.endsWith('OnFargate'))).toEqual(['EvaluateFold']);
  });

  it.each([
    ['columns', { encodedAttributes: FOLD_LIMITS.columns + 1 }, FOLD_LIMITS.rows],
    ['sample', {}, FOLD_LIMITS.rows + 1],
  ])(
    'of a large table whose %s outgrow the function of a fold compares in containers, too',
    async (_, more, maximumRows) => {
      const large = { ...small, encodedBytes: LAMBDA_LIMITS.encodedBytes + 1 };
      const places = await placesOf({ ...large, ...more }, {}, { evaluation: { maximumRows } });
      expect(places).toContain('EvaluateFoldOnFargate');
      expect(places).not.toContain('EvaluateFold');
    },
  );

  it('of any number of rows compares with Lambda, which sees a sample of them', async () => {
    const places = await placesOf({ ...small, encodedBytes: 1000 * LAMBDA_LIMITS.encodedBytes });
    expect(places).toContain('EvaluateFold');
    expect(places).toContain('FitModelOnFargate');
  });

  it('of a table that PrepareDataset itself cannot take is prepared in a container, and any other failure is none', async () => {
    const outOfMemory = Object.assign(new Error('killed'), { name: 'Runtime.OutOfMemory' });
    const [first, second, third] = await placesOf(small, { PrepareDataset: outOfMemory });
    expect([first, second]).toEqual(['PrepareDataset', 'PrepareDatasetOnFargate']);
    expect(third).not.toMatch(/OnFargate$/);
    const unreadable = Object.assign(new Error('not a table'), { name: 'UnreadableTableError' });
    expect(await placesOf(small, { PrepareDataset: unreadable })).toEqual(['PrepareDataset']);
  });

  it('tries a container that was stopped again, waits where there is no room for one, and gives up one that crashed', async () => {
    const large = { ...small, encodedBytes: LAMBDA_LIMITS.encodedBytes + 1 };
    const triesWith = async (error: Error) =>
      (await placesOf(large, { SelectRowsOnFargate: error })).filter((name) => name === 'SelectRowsOnFargate').length;
    expect(await triesWith(new StepStoppedError('Spot'))).toBe(1 + RETRY.maxAttempts);
    expect(await triesWith(new StoreUnavailableError('slow down'))).toBe(1 + RETRY.maxAttempts);
    const noRoom = Object.assign(new Error('RESOURCE:MEMORY'), { name: 'ECS.AmazonECSException' });
    expect(await triesWith(noRoom)).toBe(1 + ROOM_RETRY.maxAttempts);
    expect(await triesWith(new StepCrashedError('SIGKILL'))).toBe(1);
  });
});

describe('per step', () => {
  const { resources } = synthesizeStack({ compute: { EvaluateResult: 'auto', TrainGenerator: 'fargate' } });
  const states = statesOf(definitionOf(resources));

  it('only those that are named run in containers', () => {
    const inContainers = Object.keys(states).filter((name) => name.endsWith('OnFargate'));
    expect(inContainers.sort()).toEqual(['EvaluateResultOnFargate', 'TrainGeneratorOnFargate']);
    expect(containersOf(resources, 'AWS::ECS::TaskDefinition')).toHaveLength(2);
  });

  it('one that always does has no function, and no Choice before it', () => {
    expect(() => functionId(resources, 'TrainGenerator')).toThrow('found 0 functions of TrainGenerator');
    expect(states).not.toHaveProperty('TrainGenerator');
    const [branch] = definitionOf(resources).States.TrainGeneratorAndDiscriminator.Branches;
    expect([branch.StartAt, branch.States.TrainGeneratorOnFargate.Next]).toEqual([
      'HandOverTrainGenerator',
      'GenerateRows',
    ]);
  });

  it('says what is meant where a name or a choice is none', () => {
    const compute = (asked: object) => () => synthesizeStack({ compute: asked as never });
    expect(compute({ TrainGenerater: 'fargate' })).toThrow(
      /^compute: found TrainGenerater, needed one of PrepareDataset, /,
    );
    expect(compute({ RecordFailure: 'fargate' })).toThrow(
      /^compute: found RecordFailure, needed one of PrepareDataset, /,
    );
    expect(compute({ TrainGenerator: 'ec2' })).toThrow(
      'compute.TrainGenerator: found "ec2", needed lambda, fargate, auto',
    );
  });
});

describe('what containers may do', () => {
  const { resources } = auto;
  const statements = (roleId: string): Any[] =>
    ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
      .flatMap((type) => Object.values(ofType(resources, type)))
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(JSON.stringify({ Ref: roleId })))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const lines = (all: Any[]): string[] =>
    all
      .flatMap(({ Action, Resource: to }) => [Action].flat().flatMap((a) => [to].flat().map((r) => `${a} ${named(r)}`)))
      .sort();
  const named = (arn: unknown) => flatten(arn, (id) => (/^RebalancerDatasetsBucket/.test(id) ? 'bucket' : id));
  const taskOf = (state: string) =>
    containersOf(resources, 'AWS::ECS::TaskDefinition').find(([id]) =>
      new RegExp(`^RebalancerContainers${state}[0-9A-F]{8}$`).test(id),
    )!;
  const roleOf = (state: string): string => taskOf(state)[1].Properties.TaskRoleArn['Fn::GetAtt'][0];
  const machine = machineIds(resources).run;

  it.each(MOVABLE)(
    '%s touches what its function may touch, reads its payload, and answers its state machine',
    (state) => {
      const functionRole = resources[functionId(resources, state)].Properties.Role['Fn::GetAtt'][0];
      const ofFunction = lines(statements(functionRole)).filter((line) => line.startsWith('s3:'));
      const folder = state.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
      expect(lines(statements(roleOf(state)))).toEqual(
        [
          ...ofFunction,
          `s3:GetObject bucket/balanced/runs/*/${folder}/*payload.json`,
          ...['Failure', 'Heartbeat', 'Success'].map((end) => `states:SendTask${end} ${machine}`),
        ].sort(),
      );
    },
  );

  it('nothing on any resource but for the token with which images are fetched', () => {
    const roles = containersOf(resources, 'AWS::IAM::Role').map(([id]) => id);
    const onAnything = lines(roles.flatMap(statements)).filter((line) => line.endsWith(' *'));
    expect(onAnything).toEqual(['ecr:GetAuthorizationToken *']);
  });

  it('the state machine may start these containers in this cluster, hand their payloads over, and no more', () => {
    const [[cluster]] = containersOf(resources, 'AWS::ECS::Cluster');
    const role = resources[machine].Properties.RoleArn['Fn::GetAtt'][0];
    const all = statements(role);
    const with_ = (prefix: string) =>
      all.filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith(prefix)));
    const families: string[] = MOVABLE.map((state) => taskOf(state)[1].Properties.Family);
    const tasks = 'arn:aws:ecs:eu-central-1:111122223333:task-definition';
    expect(lines(with_('ecs:'))).toEqual(families.map((family) => `ecs:RunTask ${tasks}/${family}:*`).sort());
    expect(new Set(families).size).toBe(MOVABLE.length);
    for (const state of MOVABLE) {
      const [task, { Properties }] = taskOf(state);
      expect(statesOf(definitionOf(resources))[containerState(state)].Parameters.TaskDefinition).toBe(
        Properties.Family,
      );
      expect(resources[machine].DependsOn).toContain(task);
    }
    for (const { Condition } of with_('ecs:')) {
      expect(Condition).toEqual({ ArnEquals: { 'ecs:cluster': { 'Fn::GetAtt': [cluster, 'Arn'] } } });
    }
    const [[execution]] = containersOf(resources, 'AWS::IAM::Role').filter(([id]) => id.includes('ExecutionRole'));
    expect(new Set(lines(with_('iam:')))).toEqual(
      new Set([...MOVABLE.map((state) => `iam:PassRole ${roleOf(state)}`), `iam:PassRole ${execution}`]),
    );
    for (const { Condition } of with_('iam:')) {
      expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
    }
    expect(lines(with_('s3:')).filter((line) => !/runs\/\*\/[a-z-]+\/\*payload\.json$/.test(line))).toEqual([]);
    expect(new Set(lines(with_('s3:')).map((line) => line.split(' ')[0]))).toEqual(
      new Set(['s3:PutObject', 's3:PutObjectTagging']),
    );
  });

  it('with a key of one’s own, they and the state machine may use it', () => {
    const { resources: encrypted } = synthesizeWith((stack) => ({
      compute: { EvaluateResult: 'auto' },
      key: new Key(stack, 'Key', { enableKeyRotation: true }),
    }));
    const withKey = Object.entries(ofType(encrypted, 'AWS::IAM::Policy'))
      .filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).includes('kms:GenerateDataKey'))
      .map(([id]) => id);
    expect(withKey).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^RebalancerContainersEvaluateResultRole/),
        expect.stringMatching(/^RebalancerWorkflowStateMachineRole/),
      ]),
    );
  });
});

describe('the containers', () => {
  const { resources } = auto;

  it('are one image, with three times a function’s memory, logs, and nothing of its task in its definition', () => {
    const tasks = containersOf(resources, 'AWS::ECS::TaskDefinition').map(([, { Properties }]) => Properties);
    expect(tasks).toHaveLength(MOVABLE.length);
    expect(new Set(tasks.map(({ ContainerDefinitions: [{ Image }] }) => JSON.stringify(Image))).size).toBe(1);
    for (const task of tasks) {
      expect(task).toMatchObject({ Cpu: '4096', Memory: `${3 * 10 * 1024}`, EphemeralStorage: { SizeInGiB: 100 } });
      const [container] = task.ContainerDefinitions;
      expect(container).toMatchObject({ StopTimeout: 120, LogConfiguration: { LogDriver: 'awslogs' } });
      expect(container).not.toHaveProperty('Environment');
    }
  });

  it('run on arm64 where the functions do', () => {
    const { resources: onArm } = synthesizeStack({ compute: 'fargate', architecture: Architecture.ARM_64 });
    for (const [, { Properties }] of containersOf(onArm, 'AWS::ECS::TaskDefinition')) {
      expect(Properties.RuntimePlatform.CpuArchitecture).toBe('ARM64');
    }
  });

  it('are reached by nobody, and reach port 443 only, from a network that costs nothing by itself', () => {
    const [[, group]] = containersOf(resources, 'AWS::EC2::SecurityGroup');
    expect(group.Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(group.Properties.SecurityGroupEgress).toEqual([
      expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }),
    ]);
    for (const type of ['NatGateway', 'EIP', 'SecurityGroupIngress']) {
      expect(ofType(resources, `AWS::EC2::${type}`)).toEqual({});
    }
    const [endpoint] = Object.values(ofType(resources, 'AWS::EC2::VPCEndpoint')).map(({ Properties }) => Properties);
    expect(endpoint.VpcEndpointType).toBe('Gateway');
    expect(JSON.stringify(endpoint.ServiceName)).toContain('.s3');
    for (const { Properties } of Object.values(ofType(resources, 'AWS::EC2::Subnet'))) {
      expect(Properties.MapPublicIpOnLaunch).toBe(false);
    }
  });

  it.each([
    ['private', undefined],
    ['isolated', [{ name: 'Inside', subnetType: SubnetType.PRIVATE_ISOLATED }]],
  ])('run in the %s subnets of a VPC that is given, without an address of their own', (_, subnetConfiguration) => {
    const { resources: theirs } = synthesizeWith((stack) => ({
      compute: { EvaluateResult: 'fargate' },
      vpc: new Vpc(stack, 'Vpc', subnetConfiguration ? { subnetConfiguration } : {}) as IVpc,
    }));
    expect(Object.keys(ofType(theirs, 'AWS::EC2::VPC'))).toHaveLength(1);
    const { NetworkConfiguration } = statesOf(definitionOf(theirs)).EvaluateResultOnFargate.Parameters;
    const { AssignPublicIp, Subnets } = NetworkConfiguration.AwsvpcConfiguration;
    expect(AssignPublicIp).toBeUndefined();
    expect(Subnets.length).toBeGreaterThan(0);
    for (const subnet of Subnets) expect(theirs[subnet].Properties.MapPublicIpOnLaunch).toBe(false);
  });

  it.each([new AwsSolutionsChecks(auto.stack), new ServerlessChecks(auto.stack)])('cdk-nag finds nothing', (pack) => {
    expect(pack.validateScope(auto.stack).violations).toEqual([]);
  });
});

function synthesizeWith(make: (stack: Stack) => DatasetRebalancerProps): { resources: Resources } {
  const stack = new Stack(createApp(), 'Theirs');
  new DatasetRebalancer(stack, 'Rebalancer', make(stack));
  return { resources: Template.fromStack(stack).toJSON().Resources };
}
