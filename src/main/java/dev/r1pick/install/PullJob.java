package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.host.Host;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.LocalHost;
import dev.r1pick.install.PullPlan.State;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.store.Partial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// From a tag to a model that runs: plan, look for what stands in the way, fetch, make sure, make
/// the variant.
public final class PullJob {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final OllamaServer server;
  private final LocalHost user;
  private final Host machine;
  private final OllamaSetup setup;
  private final Consumer<PullEvent> listener;

  /// A job.
  ///
  /// @param user whose files and network it uses
  /// @param machine whose variables say where the store is
  /// @param setup of that machine
  /// @param listener hears what happens
  public PullJob(
      OllamaServer server,
      LocalHost user,
      Host machine,
      OllamaSetup setup,
      Consumer<PullEvent> listener) {
    this.server = server;
    this.user = user;
    this.machine = machine;
    this.setup = setup;
    this.listener = listener;
  }

  /// What is wanted.
  ///
  /// @param tag to have
  /// @param variant to make of it; empty: none
  /// @param mayDelete whether damaged models and dead downloads may be deleted
  /// @param dryRun whether only to say what there is to do
  public record Order(
      ModelTag tag, Optional<VariantPlan> variant, boolean mayDelete, boolean dryRun) {}

  /// How it ended.
  public sealed interface Result {
    /// It is there, or would be.
    ///
    /// @param run the name to give to `ollama run`
    record Done(String run) implements Result {}

    /// It is not.
    record Stopped(PullProblem problem) implements Result {}
  }

  /// Does it.
  public Result run(Order order) {
    String version;
    switch (version()) {
      case Reply.Missing<String>(var why) -> {
        return unanswered(why);
      }
      case Reply.Given<String>(var said) -> version = said;
    }
    Optional<PullPlan> planned = Optional.empty();
    for (boolean mended = false; ; mended = true) {
      List<InstalledModel> installed;
      switch (server.installed()) {
        case Reply.Missing<List<InstalledModel>>(var why) -> {
          return unanswered(why);
        }
        case Reply.Given<List<InstalledModel>>(var models) -> installed = models;
      }
      Stores stores = Stores.of(user, machine, setup, server, installed);
      var planner = new PullPlanner(user, stores, installed);
      PullPlan plan = planner.plan(order.tag(), server.url(), version);
      if (planned.isEmpty()) {
        plan = plan.with(order.variant().filter(wanted -> isFree(wanted, installed)));
        listener.accept(new PullEvent.Planned(plan));
      } else {
        plan = plan.with(planned.get().variant());
      }
      planned = Optional.of(plan);
      Optional<PullProblem> obstacle = planner.obstacle(plan, order.mayDelete() && !mended);
      if (obstacle.isPresent()) {
        return new Result.Stopped(obstacle.get());
      }
      if (order.dryRun()) {
        return new Result.Done(name(plan));
      }
      Optional<PullProblem> kept =
          plan.damaged().isEmpty() ? Optional.empty() : mend(plan.damaged());
      if (kept.isPresent()) {
        return new Result.Stopped(kept.get());
      }
      if (order.mayDelete()) {
        removePartials(plan);
      }
      Fetched fetched = fetch(plan, stores);
      if (fetched.problem().isEmpty()) {
        return variant(plan);
      }
      PullProblem problem = fetched.problem().get();
      if (mended || !order.mayDelete() || !(problem instanceof PullProblem.Damaged damage)) {
        return new Result.Stopped(problem);
      }
      Optional<PullProblem> undeleted = mend(damage.models());
      if (undeleted.isPresent()) {
        return new Result.Stopped(undeleted.get());
      }
    }
  }

  private static String name(PullPlan plan) {
    return plan.variant().map(VariantPlan::name).orElse(plan.tag().fullName());
  }

  private Result unanswered(ServerFailure why) {
    return new Result.Stopped(new PullProblem.NoServer(server.url(), why));
  }

  /// A server that starts is silent for up to half a minute, which its reader should know.
  private Reply<String> version() {
    Reply<String> soon = server.version(CONNECT, SOON);
    boolean starts =
        soon instanceof Reply.Missing<String>(ServerFailure.NoAnswer(var cause, _))
            && cause == HttpFailure.Cause.SILENT;
    if (!starts) {
      return soon;
    }
    listener.accept(new PullEvent.ServerStarts());
    return server.version();
  }

  private Optional<PullProblem> mend(List<String> models) {
    listener.accept(new PullEvent.Mends(models));
    for (String model : models) {
      Optional<ServerFailure> why = server.delete(model);
      boolean gone =
          why.isEmpty()
              || (why.get() instanceof ServerFailure.Refused(int status, _) && status == 404);
      if (!gone) {
        return Optional.of(new PullProblem.NotDeleted(model, why.get().said()));
      }
    }
    return Optional.empty();
  }

  /// All files of such a download go: what is left of it is summed up from its part files.
  private void removePartials(PullPlan plan) {
    for (Partial partial : plan.broken()) {
      var removed = new ArrayList<String>();
      for (String file : partial.files()) {
        try {
          user.files().delete(plan.place().orElse(Path.of("")).resolve("blobs").resolve(file));
          removed.add(file);
        } catch (IOException | SecurityException _) {
          // the pull will fail by it and say so
        }
      }
      if (!removed.isEmpty()) {
        listener.accept(new PullEvent.RemovesPartials(removed));
      }
    }
  }

  private record Fetched(Optional<PullProblem> problem) {
    static Fetched with(PullProblem problem) {
      return new Fetched(Optional.of(problem));
    }
  }

  private Fetched fetch(PullPlan plan, Stores stores) {
    boolean there = plan.state() == State.CURRENT;
    var puller = new Puller(server, user, listener);
    if (!there || stores.store().isEmpty()) {
      // of a store that cannot be seen the lines of a pull tell whether its files are whole
      Optional<PullFailure> failure = puller.pull(plan, !there);
      if (failure.isPresent() && !(there && failure.get().isOfTheWay())) {
        return Fetched.with(new PullProblem.Failed(plan.tag(), failure.get(), plan.place()));
      }
    }
    return check(plan, puller.blobs());
  }

  private Fetched check(PullPlan plan, PulledBlobs blobs) {
    ModelTag tag = plan.tag();
    List<InstalledModel> installed = server.installed().found().orElse(List.of());
    Optional<InstalledModel> own = named(tag.fullName(), installed);
    if (own.isEmpty()) {
      return Fetched.with(new PullProblem.NotThere(tag));
    }
    Optional<String> weights =
        server.show(tag.fullName()).found().flatMap(shown -> shown.weights());
    Stores stores = Stores.of(user, machine, setup, server, installed);
    List<String> damaged =
        stores.store().isPresent()
            ? new PullPlanner(user, stores, installed)
                .plan(tag, server.url(), plan.version())
                .damaged()
            : blobs.isShorterThan(own.get().size()) ? users(weights, installed) : List.of();
    if (!damaged.isEmpty()) {
      return Fetched.with(new PullProblem.Damaged(tag, damaged));
    }
    listener.accept(
        new PullEvent.Arrived(
            new PullCheck(
                tag,
                own.get().digest(),
                Builds.of(tag, own.get().digest()),
                weights,
                weights.isPresent() && blobs.largest().isPresent()
                    ? Optional.of(weights.equals(blobs.largest()))
                    : Optional.empty(),
                own.get().size())));
    return new Fetched(Optional.empty());
  }

  /// The models with those weights.
  private List<String> users(Optional<String> weights, List<InstalledModel> installed) {
    var users = new ArrayList<String>();
    for (InstalledModel model : installed) {
      Optional<String> theirs = server.show(model.name()).found().flatMap(shown -> shown.weights());
      if (weights.isPresent() && weights.equals(theirs)) {
        users.add(model.name());
      }
    }
    return users;
  }

  private static Optional<InstalledModel> named(String name, List<InstalledModel> installed) {
    for (InstalledModel model : installed) {
      if (model.name().equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /// Whether the name of a variant is free, or its own: Ollama overwrites a model without a word.
  private boolean isFree(VariantPlan wanted, List<InstalledModel> installed) {
    boolean free =
        named(wanted.name() + ":latest", installed).isEmpty() || isMade(wanted, installed);
    if (!free) {
      listener.accept(new PullEvent.NameTaken(wanted.name()));
    }
    return free;
  }

  private boolean isMade(VariantPlan wanted, List<InstalledModel> installed) {
    Optional<InstalledModel> made = named(wanted.name() + ":latest", installed);
    return made.isPresent()
        && made.get().parent().equals(Optional.of(wanted.from()))
        && server
            .show(made.get().name())
            .found()
            .filter(
                shown ->
                    String.valueOf(wanted.context().tokens())
                        .equals(shown.parameters().get("num_ctx")))
            .isPresent();
  }

  private Result variant(PullPlan plan) {
    if (plan.variant().isEmpty()) {
      return new Result.Done(name(plan));
    }
    VariantPlan wanted = plan.variant().get();
    List<InstalledModel> installed = server.installed().found().orElse(List.of());
    boolean made = isMade(wanted, installed);
    if (!made) {
      // what is not installed Ollama would pull, whatever its size
      Optional<ServerFailure> why =
          named(wanted.from(), installed).isEmpty()
              ? Optional.of(new ServerFailure.Ended())
              : VariantMaker.make(server, wanted);
      if (why.isPresent()) {
        return new Result.Stopped(
            new PullProblem.NoVariant(plan.tag(), wanted.name(), why.get().said()));
      }
    }
    listener.accept(new PullEvent.Variant(wanted, made));
    return new Result.Done(name(plan));
  }
}
