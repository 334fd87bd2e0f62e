import { useEffect, useState } from 'react'
import type { PageView } from '../../contract/screens/scan.ts'
import { useKiosk } from '../api/kiosk-context.ts'

/** A scanned page as long as it may be seen; sealed, it is a mark. */
export function PagePicture({ page }: { readonly page: PageView }) {
  const { text, picture } = useKiosk()
  const [jpegBase64, setJpeg] = useState<string | null>(null)
  const isShown = page.state === 'shown'
  useEffect(() => {
    if (!isShown) return
    let wanted = true
    void picture(page.pageId).then((arrived) => wanted && setJpeg(arrived))
    return () => {
      wanted = false
    }
  }, [picture, page.pageId, isShown])
  if (page.state === 'kept') {
    return (
      <div className="page-picture sealed">
        <svg viewBox="0 0 64 64" aria-hidden="true">
          <rect x={14} y={28} width={36} height={28} rx={4} />
          <path d="M22 28v-8a10 10 0 0 1 20 0v8M32 38v8" />
        </svg>
        {text('scanPage.kept')}
      </div>
    )
  }
  const alt = text('scanPage.alt', { number: page.number })
  return (
    <div className="page-picture">
      {jpegBase64 === null ? (
        <span>{text('scanPage.arriving')}</span>
      ) : (
        <img src={`data:image/jpeg;base64,${jpegBase64}`} alt={alt} />
      )}
    </div>
  )
}
