import type { Input } from '../../contract/screen.ts'

/** Fields of a known number of characters show a place for each. */
const fixedLengths: Readonly<Partial<Record<Input['field'], number>>> = {
  idNumber: 12,
  phoneCode: 6,
  secret: 6,
  secretAgain: 6,
}

export function TypedField({ input }: { readonly input: Input }) {
  const places = fixedLengths[input.field] ?? 0
  const missing = Math.max(0, places - input.length)
  return (
    <output
      className={`typed-field ${places > 0 ? 'places' : ''}`}
      data-testid="typed"
      data-field={input.field}
    >
      <span>{input.shown}</span>
      <i className="caret" />
      {missing > 0 && (
        <span className="missing" aria-hidden="true">
          {'·'.repeat(missing)}
        </span>
      )}
    </output>
  )
}
