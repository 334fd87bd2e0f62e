import type { FeedItem, FeedKind, FeedRefusal } from '../../contract/province/feed.ts'
import { feedPeople } from './feed-people.ts'
import { feedResults } from './feed-results.ts'
import type { StoreContext } from './store-context.ts'

/** Applies one item inside a transaction, or says why not before it has changed anything. */
export type FeedAppliers = {
  readonly [K in FeedKind]: (item: FeedItem<K>) => FeedRefusal['code'] | undefined
}

export function feedAppliers(context: StoreContext): FeedAppliers {
  const { db, audit } = context
  const catalogue = db.prepare<[string, string, number]>(
    `INSERT INTO catalogue_override (procedure_code, take_in, hand_out) VALUES (?, ?, ?)
     ON CONFLICT (procedure_code) DO UPDATE
       SET take_in = excluded.take_in, hand_out = excluded.hand_out`,
  )
  const texts = db.prepare<[string, string, string]>(
    `INSERT INTO text_override (key, language, text) VALUES (?, ?, ?)
     ON CONFLICT (key, language) DO UPDATE SET text = excluded.text`,
  )
  const hours = db.prepare<[number, string]>(
    `INSERT INTO hours_override (weekday, ranges) VALUES (?, ?)
     ON CONFLICT (weekday) DO UPDATE SET ranges = excluded.ranges`,
  )
  return {
    ...feedResults(context),
    ...feedPeople(context),
    catalogue(item) {
      catalogue.run(item.procedureCode, item.takeIn, Number(item.handOut))
      audit('feed.catalogue', { procedureCode: item.procedureCode, takeIn: item.takeIn })
      return undefined
    },
    texts(item) {
      texts.run(item.key, item.language, item.text)
      audit('feed.text', { key: item.key, language: item.language })
      return undefined
    },
    hours(item) {
      hours.run(item.weekday, JSON.stringify(item.ranges))
      audit('feed.hours', { weekday: item.weekday })
      return undefined
    },
  }
}
