package dev.r1pick.advice;

import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.License;
import dev.r1pick.hardware.Disk;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The hard rules whose limit the asker sets, or the disk.
final class Limits {
  private Limits() {}

  static Verdict withinDownloadLimit(Candidate candidate, Question question) {
    Optional<Bytes> most = question.wishes().maxDownload();
    Bytes download = candidate.tag().download();
    return most.isPresent() && !download.atMost(most.get())
        ? new Reject(
            new Reason.DownloadOverLimit(download, most.get()),
            Optional.of(download.minusOrZero(most.get())))
        : new Keep();
  }

  static Verdict fitsDisk(Candidate candidate, Question question) {
    Optional<Bytes> free = question.machine().disk().flatMap(Disk::free);
    Bytes download = candidate.tag().download();
    return free.isPresent() && !download.atMost(free.get())
        ? new Reject(
            new Reason.DiskShort(download, free.get()),
            Optional.of(download.minusOrZero(free.get())))
        : new Keep();
  }

  /// Every license that binds a tag must be allowed, that of a distill's base too.
  static Verdict licenseAllowed(Candidate candidate, Question question) {
    List<License> allowed = question.wishes().licenses();
    if (!allowed.isEmpty()) {
      for (String name : candidate.tag().variant().bindingLicenses()) {
        if (!isAmong(allowed, name)) {
          return new Reject(new Reason.LicenseNotAllowed(name));
        }
      }
    }
    return new Keep();
  }

  private static boolean isAmong(List<License> allowed, String name) {
    for (License license : allowed) {
      if (license.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  static Verdict fastEnough(Candidate candidate, Question question) {
    OptionalDouble least = question.wishes().minSpeed();
    if (least.isEmpty()) {
      return new Keep();
    }
    OptionalDouble rate = candidate.generationRate();
    if (rate.isEmpty()) {
      return new Reject(new Reason.SpeedUnknown(new TokenRate(least.getAsDouble())));
    }
    return rate.getAsDouble() < least.getAsDouble()
        ? new Reject(
            new Reason.TooSlow(
                new TokenRate(rate.getAsDouble()), new TokenRate(least.getAsDouble())))
        : new Keep();
  }

  /// Against the middle of the estimated range, like [#fastEnough].
  static Verdict soonEnough(Candidate candidate, Question question) {
    Optional<Duration> most = question.wishes().maxWait();
    if (most.isEmpty()) {
      return new Keep();
    }
    Optional<AnswerTime> time = candidate.answerTime();
    if (time.isEmpty()) {
      return new Reject(new Reason.WaitUnknown(most.get()));
    }
    Duration typical = time.get().typical().expected();
    return typical.compareTo(most.get()) > 0
        ? new Reject(new Reason.TooLong(typical, most.get()))
        : new Keep();
  }
}
