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
  /** A name begins each word with a capital; a search needs no marks and leaves room for what is found. */
  readonly purpose: 'name' | 'search'
}

/** Telex for who knows it, keys with marks for who does not. */
export function TextKeyboard({ change, purpose }: TextKeyboardProps) {
  const { text } = useKiosk()
  const [capitals, setCapitals] = useState(false)
  const isName = purpose === 'name'
  const cased = (value: string, letter: string) =>
    capitals || (isName && /(^|\s)$/.test(value)) ? letter.toUpperCase() : letter
  return (
    <div className="keyboard text">
      {isName && <MarkRows change={change} cased={cased} />}
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

interface MarkRowsProps {
  readonly change: ChangeTyped
  readonly cased: (value: string, letter: string) => string
}

function MarkRows({ change, cased }: MarkRowsProps) {
  return (
    <>
      <div className="key-row">
        {digits.map((digit) => (
          <Key key={digit} id={digit} onPress={() => change((value) => typeLetter(value, digit))}>
            {digit}
          </Key>
        ))}
      </div>
      <div className="key-row marked" lang="vi">
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
    </>
  )
}
