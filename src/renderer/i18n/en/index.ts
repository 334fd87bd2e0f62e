import collection from './collection.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import idle from './idle.json' with { type: 'json' }
import intake from './intake.json' with { type: 'json' }
import operator from './operator.json' with { type: 'json' }
import scan from './scan.json' with { type: 'json' }
import staff from './staff.json' with { type: 'json' }
import technician from './technician.json' with { type: 'json' }

/** One file an audience; their groups never share a name. */
export const en = {
  ...common,
  ...idle,
  ...intake,
  ...scan,
  ...collection,
  ...staff,
  ...operator,
  ...technician,
}
