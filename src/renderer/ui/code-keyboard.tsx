import { useKiosk } from '../api/kiosk-context.ts'
import { Key } from './key.tsx'
import type { ChangeTyped } from './keyboard.tsx'

const rows = ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM-.'] as const

/** Capitals, digits and the signs of numbers printed on slips and passports. */
export function CodeKeyboard({ change }: { readonly change: ChangeTyped }) {
  const { text } = useKiosk()
  return (
    <div className="keyboard">
      {rows.map((row, index) => (
        <div className="key-row" key={row}>
          {[...row].map((key) => (
            <Key key={key} id={key} onPress={() => change((value) => value + key)}>
              {key}
            </Key>
          ))}
          {index === rows.length - 1 && (
            <Key
              id="erase"
              wide
              onPress={() => change((value) => value.slice(0, -1))}
              label={text('field.erase')}
            >
              ⌫
            </Key>
          )}
        </div>
      ))}
    </div>
  )
}
