import fc from 'fast-check';

/**
 * Properties are tried on the same values everywhere, so that what passes here passes there. To look for values that break
 * one: FAST_CHECK_SEED=$RANDOM npx vitest run --project unit
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 0) });
