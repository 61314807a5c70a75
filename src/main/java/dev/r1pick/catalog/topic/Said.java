package dev.r1pick.catalog.topic;

/// A text of the catalog in both languages.
///
/// @param english for readers of English, and of every language that the catalog does not have
/// @param chinese for readers of Chinese
public record Said(String english, String chinese) {
  /// The text for that language.
  ///
  /// @param language a two-letter code
  public String in(String language) {
    return language.equals("zh") ? chinese : english;
  }
}
