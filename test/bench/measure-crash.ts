import { startLightProvince } from '../crash/random/light-province.ts'
import { runSeed } from '../crash/random/run-seed.ts'
import { atLeast, round } from './figure.ts'
import type { Part } from './part.ts'

const seeds = 60
/** Loads code and makes the keys. */
const warmUps = 3

/** How many random days with kills the crash suite lives in a minute; beside it, a province started and stopped. */
export const measureCrash: Part = async ({ progress }) => {
  for (let seed = 1; seed <= warmUps; seed += 1) await runSeed(seed)
  const emptyMs = await lasts(() => startLightProvince(() => new Date()).then((one) => one.stop()))
  let [kills, dossiers] = [0, 0]
  const ms = await lasts(async () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const run = await runSeed(seed)
      if (run.verdict.length > 0) throw new Error(`seed ${seed}: ${run.verdict.join('; ')}`)
      kills += run.kills
      dossiers += run.dossiers
    }
  })
  const perMinute = (seeds / ms) * 60_000
  const rawPerMinute = 60_000 / emptyMs
  progress(`${seeds} seeds: ${kills} kills, ${dossiers} dossiers`)
  return {
    what: 'random days of several people with trouble and kills, judged, one after another',
    unit: 'per minute',
    measured: { seeds: round(perMinute) },
    raw: {
      what: 'a province of its own started and stopped: a day in which nothing happens',
      seeds: round(rawPerMinute),
    },
    ratio: { seeds: round(perMinute / rawPerMinute) },
    aims: [atLeast('≥ 60 seeds a minute', perMinute, 60)],
    more: { killsPerSeed: round(kills / seeds), dossiersPerSeed: round(dossiers / seeds) },
  }
}

async function lasts(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}
