package dev.r1pick.host;

import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of the user who runs r1pick: what the command line and the configuration name, for
/// reading and writing, and standard input.
///
/// They are always those of the live user, also where the question is about a recorded machine, so
/// they are reached through [LocalHost] alone.
public interface UserFiles {
  /// Where relative paths begin; absolute.
  ///
  /// @throws FolderGone if that folder does not exist any more
  Path workingDirectory();

  /// What a path leads to, through links.
  Kind kind(Path path);

  /// The size of a file, through links.
  ///
  /// @throws IOException if there is none
  Bytes size(Path file) throws IOException;

  /// Who owns a file or folder, and whether others may write it; empty where there is none, or
  /// where the file system does not tell.
  Optional<Ownership> ownership(Path path);

  /// Deletes a file.
  ///
  /// @throws IOException if it is not there or may not be deleted
  void delete(Path file) throws IOException;

  /// Opens a file, pipe or device.
  ///
  /// @throws IOException if there is none or it cannot be read
  InputStream open(Path file) throws IOException;

  /// Standard input.
  InputStream standardInput();

  /// The entries of a folder, in the order of their names.
  ///
  /// @throws IOException if it cannot be read
  List<Path> list(Path folder) throws IOException;

  /// The regular files below a folder, which may itself be a link; links to other folders are not
  /// followed.
  ///
  /// @return paths relative to the folder
  /// @throws IOException if one of its folders cannot be read
  List<Path> tree(Path folder) throws IOException;

  /// Makes a folder and those above it where they are missing.
  ///
  /// @throws IOException if one cannot be made
  void createFolders(Path folder) throws IOException;

  /// Begins a file that takes the place of what is there when it is whole. A pipe or a device is
  /// written directly.
  ///
  /// @throws IOException if it cannot be begun
  PendingFile replace(Path file) throws IOException;

  /// Adds to a file that others write too; makes it where it is missing.
  ///
  /// @throws IOException if it cannot be written
  void append(Path file, String text) throws IOException;

  /// The text of a file in UTF-8, without a byte order mark.
  ///
  /// @param most bytes that it may have
  /// @throws TooLarge if it has more
  /// @throws CharacterCodingException if it is not UTF-8
  /// @throws IOException if it cannot be read
  default String text(Path file, int most) throws IOException {
    try (InputStream stream = open(file)) {
      return text(stream, most);
    }
  }

  /// The text of a stream, as [#text(Path, int)] reads that of a file.
  static String text(InputStream stream, int most) throws IOException {
    byte[] bytes = stream.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TooLarge();
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /// Writes a whole file or leaves what was there.
  ///
  /// @throws IOException if it cannot be written
  default void write(Path file, String text) throws IOException {
    try (PendingFile pending = replace(file)) {
      pending.write(text);
      pending.keep();
    }
  }

  /// What a path leads to.
  enum Kind {
    /// Nothing, or nothing that this user may see.
    ABSENT,
    FILE,
    FOLDER,
    /// A pipe, a socket or a device.
    OTHER
  }

  /// Rights of a file or folder.
  ///
  /// @param owner name of the user
  /// @param othersWrite whether the group or everybody may write it too
  record Ownership(String owner, boolean othersWrite) {}

  /// A file has more bytes than it may have.
  final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLarge() {}
  }
}
