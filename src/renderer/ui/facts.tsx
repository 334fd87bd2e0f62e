import type { ReactNode } from 'react'

/** What is known, line by line: what it is and its value. */
export function Facts({
  facts,
  large = false,
}: {
  readonly facts: readonly (readonly [string, ReactNode])[]
  readonly large?: boolean
}) {
  return (
    <dl className={large ? 'facts large' : 'facts'}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
