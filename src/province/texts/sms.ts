/** Texts that citizens get on their phones. No link in any of them: a link is what fraudsters send. */
export type SmsLanguage = 'vi' | 'en' | 'km'

export const phoneCodeTexts: Readonly<Record<SmsLanguage, string>> = {
  vi: '{code} là mã xác nhận số điện thoại của ông/bà tại máy nhận hồ sơ. Không đưa mã này cho ai.',
  en: '{code} is the code that confirms your phone number at the dossier kiosk. Give it to nobody.',
  km: '{code} គឺជាលេខកូដបញ្ជាក់លេខទូរសព្ទរបស់លោកអ្នកនៅម៉ាស៊ីនទទួលសំណុំលិខិត។ សូមកុំប្រាប់លេខកូដនេះដល់អ្នកណាឡើយ។',
}

export const collectionTexts: Readonly<Record<SmsLanguage, string>> = {
  vi: 'Đã có kết quả hồ sơ {dossierCode}. Nơi nhận: {place}. Mã nhận kết quả: {code}. Nhận đến hết ngày {lastDay}. Không đưa mã này cho ai.',
  en: 'The result of dossier {dossierCode} is ready. Place: {place}. Collection code: {code}. Last day: {lastDay}. Give the code to nobody.',
  km: 'លទ្ធផលសំណុំលិខិត {dossierCode} មានរួចហើយ។ ទីកន្លែង៖ {place}។ លេខកូដទទួល៖ {code}។ ថ្ងៃចុងក្រោយ៖ {lastDay}។ សូមកុំប្រាប់លេខកូដនេះដល់អ្នកណាឡើយ។',
}

/** The papers of a dossier that was refused or withdrawn. */
export const papersTexts: Readonly<Record<SmsLanguage, string>> = {
  vi: 'Giấy tờ của hồ sơ {dossierCode} được trả lại. Nơi nhận: {place}. Mã nhận: {code}. Nhận đến hết ngày {lastDay}. Không đưa mã này cho ai.',
  en: 'The papers of dossier {dossierCode} are returned to you. Place: {place}. Collection code: {code}. Last day: {lastDay}. Give the code to nobody.',
  km: 'ឯកសារនៃសំណុំលិខិត {dossierCode} ត្រូវប្រគល់ជូនវិញ។ ទីកន្លែង៖ {place}។ លេខកូដទទួល៖ {code}។ ថ្ងៃចុងក្រោយ៖ {lastDay}។ សូមកុំប្រាប់លេខកូដនេះដល់អ្នកណាឡើយ។',
}

/** No code: who has lost it asks at the counter. */
export const reminderTexts: Readonly<Record<SmsLanguage, string>> = {
  vi: 'Kết quả hồ sơ {dossierCode} đang chờ ông/bà ở máy. Ngày cuối: {lastDay}. Sau đó xin nhận tại quầy trong giờ làm việc.',
  en: 'The result of dossier {dossierCode} is waiting in the machine. Last day: {lastDay}. After that, please collect it at the counter during office hours.',
  km: 'លទ្ធផលសំណុំលិខិត {dossierCode} កំពុងរង់ចាំលោកអ្នកនៅម៉ាស៊ីន។ ថ្ងៃចុងក្រោយ៖ {lastDay}។ បន្ទាប់ពីនោះ សូមទទួលនៅបញ្ជរក្នុងម៉ោងធ្វើការ។',
}

export const returnedTexts: Readonly<Record<SmsLanguage, string>> = {
  vi: 'Kết quả hồ sơ {dossierCode} không còn ở máy. Mời ông/bà nhận tại quầy trong giờ làm việc.',
  en: 'The result of dossier {dossierCode} is no longer in the machine. Please collect it at the counter during office hours.',
  km: 'លទ្ធផលសំណុំលិខិត {dossierCode} លែងនៅក្នុងម៉ាស៊ីនហើយ។ សូមទទួលនៅបញ្ជរក្នុងម៉ោងធ្វើការ។',
}
