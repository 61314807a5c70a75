package dev.r1pick.catalog.client;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Said;
import java.util.List;

/// A program that is connected to Ollama.
///
/// The texts and the lines of the snippet have places to be filled: `{address}`, `{model}`,
/// `{prompt}`, `{context}`, and for a program with its own files `{repository}` and
/// `{quantization}`.
///
/// @param id for programs, such as `open-webui`
/// @param name as it calls itself
/// @param names what else people call it
/// @param context who decides how long the context is
/// @param steps what to do, in order
/// @param contextNote what to know of the context
/// @param snippet lines to run or to paste; none where it is all done in menus
/// @param snippetElsewhere the same for a server on another machine; none where it is no other
/// @param certainty how sure the steps are
/// @param sources where they were read
public record Client(
    String id,
    String name,
    List<String> names,
    ContextBy context,
    List<Said> steps,
    Said contextNote,
    List<String> snippet,
    List<String> snippetElsewhere,
    Certainty certainty,
    List<Source> sources) {
  public Client {
    names = List.copyOf(names);
    steps = List.copyOf(steps);
    snippet = List.copyOf(snippet);
    snippetElsewhere = List.copyOf(snippetElsewhere);
    sources = List.copyOf(sources);
  }

  /// Who decides how long the context is.
  public enum ContextBy {
    /// The client sends it with each request.
    CLIENT,
    /// The client cannot, or is not known to: the server decides, or the variant it is told to use.
    VARIANT,
    /// The client runs the model itself.
    OWN
  }
}
