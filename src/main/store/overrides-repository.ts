import type { FeedItem } from '../../contract/province/feed.ts'
import type { StoreContext } from './store-context.ts'

/** What the province has set over the machine's own files. */
export interface Overrides {
  catalogue(): readonly FeedItem<'catalogue'>[]
  texts(): readonly FeedItem<'texts'>[]
  hours(): readonly FeedItem<'hours'>[]
}

export function overridesRepository({ db }: StoreContext): Overrides {
  const catalogue = db.prepare<
    [],
    { procedureCode: string; takeIn: FeedItem<'catalogue'>['takeIn']; handOut: number }
  >(
    `SELECT procedure_code AS procedureCode, take_in AS takeIn, hand_out AS handOut
     FROM catalogue_override ORDER BY procedure_code`,
  )
  const texts = db.prepare<[], FeedItem<'texts'>>(
    'SELECT key, language, text FROM text_override ORDER BY key, language',
  )
  const hours = db.prepare<[], { weekday: number; ranges: string }>(
    'SELECT weekday, ranges FROM hours_override ORDER BY weekday',
  )
  return {
    catalogue: () => catalogue.all().map((row) => ({ ...row, handOut: row.handOut === 1 })),
    texts: () => texts.all(),
    hours: () => hours.all().map((row) => ({ ...row, ranges: JSON.parse(row.ranges) })),
  }
}
