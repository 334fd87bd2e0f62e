import { localTime } from '../domain/local-time.ts'
import type { SecondLanguage } from './slip-content.ts'
import catalogue from './slip-texts.json' with { type: 'json' }

type VietnameseTexts = (typeof catalogue)['vi']
type SecondTexts = (typeof catalogue)['en']
export type SlipTextKey = Exclude<keyof VietnameseTexts & keyof SecondTexts, 'weekdays'>

/** One text in Vietnamese and, where wanted, in the second language beneath. */
export interface TextPair {
  readonly vi: string
  readonly second: string | undefined
}

/** Khmer has no subtitle of its own: the second language carries the whole title in one line. */
export const confirmationSubtitle: string = catalogue.vi.confirmationSubtitle

export function slipText(key: SlipTextKey, language: SecondLanguage | undefined): TextPair {
  return { vi: catalogue.vi[key], second: language && catalogue[language][key] }
}

/** `20:41` and `22/11/2026` in the zone of the office. Throws a RangeError for no instant or no zone. */
export function clockAndDate(instant: string, timeZone: string): { clock: string; date: string } {
  const { date, time } = localTime(new Date(instant), timeZone)
  return { clock: time.slice(0, 5), date: date.split('-').reverse().join('/') }
}

const noBreak = '\u00a0'

/** `17 giờ, thứ Hai 23/11/2026`, to put into a sentence; in the same words as the screen says it. */
export function momentText(
  instant: string,
  timeZone: string,
  language: SecondLanguage | undefined,
): TextPair {
  const { clock, date } = clockAndDate(instant, timeZone)
  const { weekday } = localTime(new Date(instant), timeZone)
  const [hour, minute] = clock.split(':')
  const say = (time: string, names: readonly string[]) =>
    `${time}, ${names[weekday % 7]?.replace(' ', noBreak)}${noBreak}${date}`
  const hours = `${Number(hour)}${noBreak}giờ`
  return {
    vi: say(minute === '00' ? hours : `${hours}${noBreak}${minute}`, catalogue.vi.weekdays),
    second: language && say(clock, catalogue[language].weekdays),
  }
}

/** Puts a pair into the `{moment}` of another. */
export function withMoment(text: TextPair, moment: TextPair): TextPair {
  return {
    vi: text.vi.replace('{moment}', moment.vi),
    second: text.second?.replace('{moment}', moment.second ?? moment.vi),
  }
}
