import { PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import sharp from 'sharp'
import type { TestProvince } from './province.ts'

/** The JPEGs that an officer sees in the province's PDF, page by page. */
export async function pagesAtProvince(
  province: TestProvince,
  intakeId: string,
): Promise<readonly Uint8Array[]> {
  const { cookie } = await province.officer()
  const answer = await fetch(`${province.url}/dossiers/${intakeId}/pages.pdf`, {
    headers: { cookie },
  })
  if (answer.headers.get('content-type') !== 'application/pdf') {
    const isAmiss = (await answer.text()).includes('chưa dùng được')
    throw new Error(isAmiss ? 'pages are missing or wrong' : 'no pages')
  }
  const pdf = await PDFDocument.load(await answer.arrayBuffer())
  return pdf.getPages().map((page) => {
    const images = page.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict)
    const [image] = images?.values() ?? []
    const stream = image && pdf.context.lookup(image)
    if (!(stream instanceof PDFRawStream)) throw new Error('a page without a picture')
    return stream.getContents()
  })
}

/** Coloured paper by which a test tells its sheets apart. */
export const papers = { yellow: '#ffe9a8', blue: '#bcdcff', green: '#c4f0c0' } as const
export type PaperColour = keyof typeof papers

/** Which of the coloured papers a scanned page is. */
export async function paperOf(jpeg: Uint8Array): Promise<PaperColour> {
  const { dominant } = await sharp(jpeg).stats()
  const distance = (hex: string) => {
    const part = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16)
    return Math.hypot(part(1) - dominant.r, part(3) - dominant.g, part(5) - dominant.b)
  }
  const names = Object.keys(papers) as PaperColour[]
  return names.reduce((best, name) =>
    distance(papers[name]) < distance(papers[best]) ? name : best,
  )
}
