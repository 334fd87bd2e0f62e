import type { ReactNode } from 'react'
import { useLangOf } from './vietnamese.tsx'

/** What is known, line by line: what it is and its value. */
export function Facts({
  facts,
  large = false,
}: {
  readonly facts: readonly (readonly [string, ReactNode])[]
  readonly large?: boolean
}) {
  const langOf = useLangOf()
  return (
    <dl className={large ? 'facts large' : 'facts'}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd lang={typeof value === 'string' ? langOf(value) : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
