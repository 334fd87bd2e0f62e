import { PDFDocument } from 'pdf-lib'

const scanDpi = 200
const pointsPerInch = 72

/**
 * One PDF of the pages as captured: the JPEGs go in byte by byte, nothing is compressed again.
 * @throws Error when one of them is no JPEG
 */
export async function pagesPdf(
  jpegs: readonly Uint8Array[],
  facts: { readonly title: string; readonly at: Date },
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(facts.title)
  pdf.setCreationDate(facts.at)
  pdf.setModificationDate(facts.at)
  for (const jpeg of jpegs) {
    const image = await pdf.embedJpg(jpeg)
    const width = (image.width * pointsPerInch) / scanDpi
    const height = (image.height * pointsPerInch) / scanDpi
    pdf.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
  }
  return pdf.save()
}
