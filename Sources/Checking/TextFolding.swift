/// How texts are compared where the hand that wrote them is not to matter: without white space, in lower
/// case, and with the full-width forms of ASCII (Ａ, １, （, ：) as ASCII itself.
enum TextFolding {
  ///
  /// - Parameter lowercased: ids may differ by case alone; for them it is kept.
  static func folded(_ text: some StringProtocol, lowercased: Bool = true) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let scalar = halfWidth(scalar) else { continue }
      result.append(scalar)
    }
    return lowercased ? String(result).lowercased() : String(result)
  }

  /// The scalar without its width; nil for white space and for marks that nobody sees.
  static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    // The block of full-width forms repeats ASCII from ! to ~.
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x200B...0x200F, 0xFEFF, 0x2060: return nil
    default: return scalar.properties.isWhitespace ? nil : scalar
    }
  }
}
