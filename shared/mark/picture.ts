/** Bytes of a picture that is a mark: a kiosk of its own sends two megabytes at most, in base64. */
export const largestPicture = 1024 * 1024;
