import type { PageView } from '../../contract/screens/scan.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { PagePicture } from './page-picture.tsx'

export function ScanTile({ page }: { readonly page: PageView }) {
  const { text, send } = useKiosk()
  const [hint] = page.hints
  return (
    <button
      type="button"
      className={hint === undefined ? 'tile' : 'tile hinted'}
      data-testid={`page-${page.number}`}
      data-state={page.state}
      disabled={page.state === 'arriving'}
      onClick={() => send({ path: 'scan.choosePage', input: { pageId: page.pageId } })}
    >
      <PagePicture page={page} />
      <span className="caption">
        <strong>{text('scanPage.number', { number: page.number })}</strong>
        {hint !== undefined && <span className="hint">{text(`scanHint.${hint}.short`)}</span>}
      </span>
    </button>
  )
}
