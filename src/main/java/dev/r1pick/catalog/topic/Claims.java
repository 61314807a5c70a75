package dev.r1pick.catalog.topic;

import java.util.List;

/// What is said of R1.
///
/// @param version of the data, an ISO date
/// @param claims in the order in which they were gathered
public record Claims(String version, List<Claim> claims) {
  public Claims {
    claims = List.copyOf(claims);
  }
}
