package dev.r1pick.report.words;

import dev.r1pick.catalog.engine.Engine;
import dev.r1pick.catalog.engine.Engine.Runs;
import dev.r1pick.catalog.read.EngineReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What runs R1 on an accelerator that Ollama has no backend for.
final class EngineWording {
  private final Messages messages;

  EngineWording(Messages messages) {
    this.messages = messages;
  }

  /// A sentence for each thing that engines run on the accelerators of a maker; empty where none is
  /// known. The file is small, and read only where such an accelerator is there.
  ///
  /// @param maker as documents of machines name it
  Optional<String> sentences(String maker) {
    List<Engine> engines = EngineReader.readDefault();
    var sentences = new ArrayList<String>();
    for (Runs runs : Runs.values()) {
      var names = new ArrayList<String>();
      for (Engine engine : engines) {
        if (engine.maker().equals(maker) && engine.runs() == runs && engine.files().isEmpty()) {
          names.add(name(engine));
        }
      }
      if (!names.isEmpty()) {
        sentences.add(messages.text("report.engine." + runs.name(), names));
      }
    }
    for (Engine engine : engines) {
      if (engine.maker().equals(maker) && !engine.files().isEmpty()) {
        sentences.add(messages.text("report.engine.files", name(engine), engine.files()));
      }
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(joined(sentences));
  }

  private String name(Engine engine) {
    return engine.on().isEmpty()
        ? engine.name()
        : messages.text("report.engine.on", engine.name(), engine.on());
  }

  private String joined(List<String> sentences) {
    String all = messages.text("report.engine.ollama");
    for (String sentence : sentences) {
      all = messages.text("report.engine.then", all, sentence);
    }
    return all;
  }
}
