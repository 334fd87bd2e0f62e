import type { Input } from '../../contract/screen.ts'
import { useLangOf } from './vietnamese.tsx'

/** Fields of a known number of characters show a place for each. */
const fixedLengths: Readonly<Partial<Record<Input['field'], number>>> = {
  idNumber: 12,
  ownerIdNumber: 12,
  phoneCode: 6,
  secret: 6,
  secretAgain: 6,
}

export function TypedField({ input }: { readonly input: Input }) {
  const langOf = useLangOf()
  const places = fixedLengths[input.field]
  const attributes = { 'data-testid': 'typed', 'data-field': input.field }
  if (places === undefined) {
    return (
      <output className="typed-field" {...attributes}>
        <span lang={langOf(input.shown)}>{input.shown}</span>
        <i className="caret" />
      </output>
    )
  }
  const characters = [...input.shown]
  return (
    <output className="typed-field places" {...attributes}>
      {Array.from({ length: places }, (_, place) => {
        const isNext = place === characters.length
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is its position
          <span key={place} className={isNext ? 'place next' : 'place'}>
            {characters[place]}
          </span>
        )
      })}
    </output>
  )
}
