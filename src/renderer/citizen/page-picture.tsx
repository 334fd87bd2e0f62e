import { useEffect, useState } from 'react'
import type { PageView } from '../../contract/screens/scan.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { LockMark } from '../ui/lock-mark.tsx'

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
        <LockMark />
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
