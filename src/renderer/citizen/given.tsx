import { useKiosk } from '../api/kiosk-context.ts'

const proofs = ['slip', 'card', 'code'] as const

interface GivenProps {
  readonly given: Readonly<Partial<Record<(typeof proofs)[number], boolean>>>
}

/** What the machine has read so far; nothing is listed as missing, for one thing may be enough. */
export function Given({ given }: GivenProps) {
  const { text } = useKiosk()
  const had = proofs.filter((proof) => given[proof])
  if (had.length === 0) return null
  return (
    <ul className="given">
      {had.map((proof) => (
        <li key={proof} data-testid={`given-${proof}`}>
          <span aria-hidden="true">✓</span> {text(`collect.given.${proof}`)}
        </li>
      ))}
    </ul>
  )
}
