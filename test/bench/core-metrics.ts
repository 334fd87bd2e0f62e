import { type Numbers, round } from './figure.ts'

/** Event loop delay that core itself has measured since it came up, in milliseconds, from its `/metrics`. */
export async function eventLoopDelay(port: number): Promise<Numbers> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const quantile = (wanted: string) => {
    const found = new RegExp(
      `^motcua_event_loop_delay_seconds\\{quantile="${wanted}"\\} (\\S+)$`,
      'm',
    ).exec(text)
    return Number(found?.[1]) * 1_000
  }
  return {
    eventLoopP50: round(quantile('0.5')),
    eventLoopP99: round(quantile('0.99')),
    eventLoopMax: round(quantile('1')),
  }
}
