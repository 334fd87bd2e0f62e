import type { PaperView } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { useLangOf } from '../ui/vietnamese.tsx'

const mostCopies = 99

/** One paper: what kind of it, and how many, lie in the bag. */
export function PaperRow({ paper }: { readonly paper: PaperView }) {
  const { text, send } = useKiosk()
  const langOf = useLangOf()
  const set = (kind: PaperView['kind'], count: number) =>
    send({ path: 'intake.setPaper', input: { paperId: paper.id, kind, count } })
  const hasChoice = paper.allowedKinds.length > 1
  return (
    <section
      className={paper.count > 0 ? 'paper in' : 'paper'}
      data-testid={`paper-${paper.id}`}
      data-count={paper.count}
    >
      <div>
        <strong lang={langOf(paper.name)}>{paper.name}</strong>
        {!hasChoice && <p className="small">{text(`papers.kind.${paper.kind}`)}</p>}
      </div>
      <div className="paper-count">
        <Button
          testId={`paper-${paper.id}-fewer`}
          label={text('papers.fewer')}
          disabled={paper.count === 0}
          onPress={() => set(paper.kind, paper.count - 1)}
        >
          −
        </Button>
        <output>{paper.count}</output>
        <Button
          testId={`paper-${paper.id}-more`}
          label={text('papers.more')}
          disabled={paper.count >= mostCopies}
          onPress={() => set(paper.kind, paper.count + 1)}
        >
          +
        </Button>
      </div>
      {hasChoice && (
        <div className="paper-kinds">
          {paper.allowedKinds.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === paper.kind}
              data-testid={`paper-${paper.id}-${kind}`}
              onClick={() => set(kind, Math.max(1, paper.count))}
            >
              {text(`papers.kind.${kind}`)}
            </button>
          ))}
        </div>
      )}
    </section>
  )
}
