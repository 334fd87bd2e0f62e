import collection from './collection.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import idle from './idle.json' with { type: 'json' }
import intake from './intake.json' with { type: 'json' }
import scan from './scan.json' with { type: 'json' }

/** What citizens read; staff are spoken to in Vietnamese or English. Awaits review: docs/khmer-review.md. */
export const km = {
  ...common,
  ...idle,
  ...intake,
  ...scan,
  ...collection,
}
