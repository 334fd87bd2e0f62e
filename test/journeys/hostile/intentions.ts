import type { AnyContractProcedure } from '@orpc/contract'
import fc from 'fast-check'
import { contract, type IntentionMeta } from '../../../src/contract/contract.ts'
import type { ScreenName } from '../../../src/contract/screen.ts'
import { offListReasons } from '../../../src/contract/screens/officer.ts'
import { paperKinds, relations } from '../../../src/contract/words.ts'
import { demoProcedure } from '../../support/journeys.ts'

/** Something that a renderer in foreign hands says. */
export interface HostileIntention {
  readonly path: string
  readonly input: unknown
  /** Which screen it claims to speak for: so many after the one that is shown (their names can be guessed). */
  readonly screen: number | 'invented'
}

/** Every procedure of the contract, as `group.name`. */
export const contractPaths: readonly string[] = Object.entries(contract).flatMap(
  ([group, procedures]) => Object.keys(procedures).map((name) => `${group}.${name}`),
)
const queries: readonly string[] = ['snapshot.watch', 'picture.page']
export const intentionPaths = contractPaths.filter((path) => !queries.includes(path))

const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1--",
  '<img src=x onerror=alert(1)>',
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202e',
  'Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307',
  '𝒜𝒷𝒸',
  '9'.repeat(200),
  'ằ'.repeat(200),
  '%00',
  '-1',
  'NaN',
  '',
  ' ',
)
const text = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 220 }),
  fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 14 }),
  // Long for every field, and all of them together no longer than core takes in one message.
  fc.constant('x'.repeat(12_000)),
)

/** The fields of all intentions, mostly of the right shape. */
const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  journey: fc.constantFrom('intake', 'collection'),
  language: fc.constantFrom('vi', 'en', 'km', 'xx'),
  value: text,
  method: fc.constantFrom('idNumber', 'passport'),
  relation: fc.constantFrom(...relations),
  code: fc.oneof(fc.constant(demoProcedure), text),
  paperId: fc.oneof(fc.constantFrom('toKhai', 'giayChungSinh'), text),
  kind: fc.constantFrom(...paperKinds),
  count: fc.oneof(fc.integer({ min: 0, max: 99 }), fc.double(), fc.constant(1e308)),
  inside: fc.boolean(),
  largeText: fc.boolean(),
  highContrast: fc.boolean(),
  reach: fc.boolean(),
  supply: fc.constantFrom('bags', 'paper'),
  pageId: fc.oneof(fc.constantFrom('page-1', 'page-2'), text),
  to: fc.constantFrom('earlier', 'later'),
  compartment: fc.oneof(fc.integer({ min: -1, max: 20 }), fc.double()),
  reason: fc.constantFrom(...offListReasons, 'holdBack'),
}

const wanted: Readonly<Record<string, readonly string[]>> = {
  'session.start': ['journey'],
  'session.setLanguage': ['language'],
  'session.setDisplay': ['largeText', 'highContrast', 'reach'],
  'officer.fillSupply': ['supply'],
  'officer.chooseCompartment': ['compartment'],
  'officer.giveReason': ['reason'],
  'input.set': ['value'],
  'intake.typeIdentity': ['method'],
  'intake.chooseRelation': ['relation'],
  'intake.chooseProcedure': ['code'],
  'intake.setPaper': ['paperId', 'kind', 'count'],
  'intake.answerMissing': ['inside'],
  'scan.choosePage': ['pageId'],
  'scan.movePage': ['to'],
}

const wrongInput = fc.oneof(
  fc.constantFrom(null, undefined, [], 0, '', true),
  fc.record(fields, { requiredKeys: [] }),
  fc.dictionary(fc.oneof(fc.string({ maxLength: 12 }), nasty), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 5,
  }),
  // A key of its own, as JSON.parse makes it: not the object's prototype.
  fc
    .constantFrom('{"__proto__":{"taken":true}}', '{"constructor":{"prototype":{"x":1}}}')
    .map((json) => JSON.parse(json)),
)

function inputFor(path: string): fc.Arbitrary<unknown> {
  const shape = Object.fromEntries(
    (wanted[path] ?? []).map((name) => [name, fields[name] ?? fc.constant(null)]),
  )
  return fc.oneof({ weight: 3, arbitrary: fc.record(shape) }, { weight: 1, arbitrary: wrongInput })
}

/** Anything, and more often something that is asked for on that screen. */
export function hostileIntentionAt(screen: ScreenName): fc.Arbitrary<HostileIntention> {
  const fitting = intentionPaths.filter((path) => screensOf(path)?.includes(screen) ?? true)
  const path = fc.oneof(
    fc.constantFrom(...intentionPaths),
    fc.constantFrom(...fitting),
    fc.constantFrom(...fitting),
  )
  return path.chain((chosen) =>
    fc.record({
      path: fc.constant(chosen),
      input: inputFor(chosen),
      screen: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) },
        { weight: 1, arbitrary: fc.constantFrom(-1, 'invented' as const) },
      ),
    }),
  )
}

/** Where the contract allows it; undefined for anywhere. */
function screensOf(path: string): readonly ScreenName[] | undefined {
  const [group = '', name = ''] = path.split('.')
  const groups: Readonly<Record<string, Readonly<Record<string, AnyContractProcedure>>>> = contract
  const meta = groups[group]?.[name]?.['~orpc'].meta as IntentionMeta | undefined
  return meta === undefined || meta.screens === 'any' ? undefined : meta.screens
}
