import { useKiosk } from '../api/kiosk-context.ts'
import { Key } from './key.tsx'
import type { ChangeTyped } from './keyboard.tsx'

const digits = [...'1234567890']

export function DigitKeypad({ change }: { readonly change: ChangeTyped }) {
  const { text } = useKiosk()
  return (
    <div className="keypad">
      {digits.map((digit) => (
        <Key key={digit} id={digit} onPress={() => change((value) => value + digit)}>
          {digit}
        </Key>
      ))}
      <Key id="erase" wide onPress={() => change((value) => value.slice(0, -1))}>
        <span aria-hidden="true">⌫</span> {text('field.erase')}
      </Key>
    </div>
  )
}
