import type { Input } from '../../contract/screen.ts'
import { CodeKeyboard } from './code-keyboard.tsx'
import { DigitKeypad } from './digit-keypad.tsx'
import { TextKeyboard } from './text-keyboard.tsx'
import { useTypedValue } from './use-typed-value.ts'

export type ChangeTyped = (change: (value: string) => string) => void

export function Keyboard({ input }: { readonly input: Input }) {
  const change = useTypedValue(input)
  switch (input.keyboard) {
    case 'digits':
      return <DigitKeypad change={change} />
    case 'code':
      return <CodeKeyboard change={change} />
    case 'text':
      return (
        <TextKeyboard
          change={change}
          purpose={input.field === 'procedureQuery' ? 'search' : 'name'}
        />
      )
  }
}
