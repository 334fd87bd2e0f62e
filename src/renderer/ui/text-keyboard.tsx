import { useState } from 'react'
import { useKiosk } from '../api/kiosk-context.ts'
import { Key } from './key.tsx'
import type { ChangeTyped } from './keyboard.tsx'
import type { ToneKey } from './telex/syllable.ts'
import { eraseLast, typeLetter, typeTelex, typeTone } from './telex/telex.ts'

const letterRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const
const markedLetters = [...'ăâđêôơư']
const toneKeys: readonly (readonly [ToneKey, string])[] = [
  ['s', 'á'],
  ['f', 'à'],
  ['r', 'ả'],
  ['x', 'ã'],
  ['j', 'ạ'],
]
const digits = [...'1234567890']

interface TextKeyboardProps {
  readonly change: ChangeTyped
  /** Names begin each word with a capital. */
  readonly capitalises: boolean
}

/** Telex for who knows it, keys with marks for who does not. */
export function TextKeyboard({ change, capitalises }: TextKeyboardProps) {
  const { text } = useKiosk()
  const [capitals, setCapitals] = useState(false)
  const cased = (value: string, letter: string) =>
    capitals || (capitalises && /(^|\s)$/.test(value)) ? letter.toUpperCase() : letter
  return (
    <div className="keyboard text">
      <div className="key-row">
        {digits.map((digit) => (
          <Key key={digit} id={digit} onPress={() => change((value) => typeLetter(value, digit))}>
            {digit}
          </Key>
        ))}
      </div>
      <div className="key-row marked">
        {markedLetters.map((letter) => (
          <Key
            key={letter}
            id={letter}
            onPress={() => change((value) => typeLetter(value, cased(value, letter)))}
          >
            {letter}
          </Key>
        ))}
        {toneKeys.map(([tone, shown]) => (
          <Key
            key={tone}
            id={`tone-${tone}`}
            onPress={() => change((value) => typeTone(value, tone))}
          >
            {shown}
          </Key>
        ))}
      </div>
      {letterRows.map((row, index) => (
        <div className="key-row" key={row}>
          {index === 2 && (
            <Key
              id="shift"
              wide
              pressed={capitals}
              label={text('field.shift')}
              onPress={() => setCapitals(!capitals)}
            >
              ⇧
            </Key>
          )}
          {[...row].map((letter) => (
            <Key
              key={letter}
              id={letter}
              onPress={() => change((value) => typeTelex(value, cased(value, letter)))}
            >
              {capitals ? letter.toUpperCase() : letter}
            </Key>
          ))}
          {index === 2 && (
            <Key id="erase" wide label={text('field.erase')} onPress={() => change(eraseLast)}>
              ⌫
            </Key>
          )}
        </div>
      ))}
      <div className="key-row">
        <Key id="comma" onPress={() => change((value) => `${value},`)}>
          ,
        </Key>
        <Key
          id="space"
          wide
          onPress={() => change((value) => (/(^|\s)$/.test(value) ? value : `${value} `))}
        >
          {text('field.space')}
        </Key>
        <Key id="hyphen" onPress={() => change((value) => `${value}-`)}>
          -
        </Key>
        <Key id="stop" onPress={() => change((value) => `${value}.`)}>
          .
        </Key>
      </div>
    </div>
  )
}
