package dev.r1pick.catalog.topic;

import dev.r1pick.catalog.ModelTag;
import java.util.List;
import java.util.Optional;

/// What a word or a question means.
public sealed interface Explanation {

  /// A tag.
  ///
  /// @param tag the tag
  /// @param claims what is said of it and is not so
  record OfTag(ModelTag tag, List<Claim> claims) implements Explanation {
    public OfTag {
      claims = List.copyOf(claims);
    }
  }

  /// A term.
  ///
  /// @param term the term
  /// @param claims what is said of it and is not so
  record OfTerm(Term term, List<Claim> claims) implements Explanation {
    public OfTerm {
      claims = List.copyOf(claims);
    }
  }

  /// A claim.
  ///
  /// @param claim the one that is meant
  /// @param also others that are near to it
  record OfClaim(Claim claim, List<Claim> also) implements Explanation {
    public OfClaim {
      also = List.copyOf(also);
    }
  }

  /// A size that R1 does not have.
  ///
  /// @param size as tags write it, such as `16b`
  /// @param nearest tags, nearest first
  record NoSuchSize(String size, List<String> nearest) implements Explanation {
    public NoSuchSize {
      nearest = List.copyOf(nearest);
    }
  }

  /// Nothing that is explained, but a question about a machine, which other commands answer.
  ///
  /// @param tag the tag that it is about, if it names one
  /// @param vram the memory of a graphics card in GiB, such as `8`, if it names one
  record AboutMachine(Optional<String> tag, Optional<String> vram) implements Explanation {}

  /// Nothing that is known.
  ///
  /// @param nearest what could have been meant, as it can be typed; may be empty
  record Unknown(List<Said> nearest) implements Explanation {
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }
}
