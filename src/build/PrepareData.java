/// Writes class files that make the shipped data: what the strict readers read of `catalog/*.json`,
/// and the English messages, as code. A start of the program then parses nothing. docs/performance.md has the figures.
///
/// Usage: `java -cp CLASSES PrepareData.java CLASSES`
///
/// The classes replace the empty `PreparedData` of the packages. What they make is compared with what
/// was read before this ends; a difference fails the build.

import static java.lang.constant.ConstantDescs.CD_Object;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.SpeedConstantsReader;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.time.Duration;

void main(String[] args) throws Exception {
  Path classes = Path.of(args[0]);
  prepare(
      classes,
      "dev.r1pick.catalog.read",
      Map.of(
          "catalog", read(classes, "catalog/deepseek-r1.json", CatalogReader::read),
          "gpus", read(classes, "catalog/gpus.json", GpuCatalogReader::read),
          "useCases", read(classes, "catalog/use-cases.json", UseCaseReader::read)));
  prepare(
      classes,
      "dev.r1pick.speed",
      Map.of(
          "constants", read(classes, "catalog/speed.json", SpeedConstantsReader::read),
          "cpuPlatforms",
              read(classes, "catalog/cpu-platforms.json", CpuBandwidthEstimator::platforms)));
  prepare(
      classes,
      "dev.r1pick.report.words",
      Map.of(
          "en", messages(classes.resolve("dev/r1pick/messages/en")),
          "zh", messages(classes.resolve("dev/r1pick/messages/zh"))));
}

/// The sentences of one language; each area is a record, so that it gets a method of its own.
Map<String, Object> messages(Path folder) throws Exception {
  Class<?> area =
      Class.forName("dev.r1pick.report.words.Messages$Area");
  var maker = area.getDeclaredConstructor(String.class, Map.class);
  maker.setAccessible(true);
  var areas = new TreeMap<String, Object>();
  try (var files = Files.list(folder)) {
    for (Path file : files.toList()) {
      String name = file.getFileName().toString().replace(".properties", "");
      var lines = new Properties();
      try (var text = Files.newBufferedReader(file)) {
        lines.load(text);
      }
      var messages = new TreeMap<String, String>();
      lines.forEach((key, sentence) -> messages.put((String) key, (String) sentence));
      areas.put(name, maker.newInstance(name, messages));
    }
  }
  return areas;
}

Object read(Path classes, String file, BiFunction<String, Reader, Object> reader)
    throws IOException {
  try (var text = Files.newBufferedReader(classes.resolve(file))) {
    return reader.apply(file, text);
  }
}

void prepare(Path classes, String inPackage, Map<String, Object> roots) throws Exception {
  String name = inPackage + ".PreparedData";
  byte[] bytes = new Writer(ClassDesc.of(name)).classOf(new TreeMap<>(roots));
  Files.write(classes.resolve(name.replace('.', '/') + ".class"), bytes);
  // Loaded beside the classes that the readers made their objects of, and asked for its own.
  Class<?> neighbor = Class.forName(inPackage + ".package-info");
  Class<?> made =
      MethodHandles.privateLookupIn(neighbor, MethodHandles.lookup()).defineClass(bytes);
  for (var root : roots.entrySet()) {
    var method = made.getDeclaredMethod(root.getKey());
    method.setAccessible(true);
    if (!method.invoke(null).equals(Optional.of(root.getValue()))) {
      throw new IllegalStateException(name + "." + root.getKey() + " is not what was read");
    }
  }
}

/// Writes one class: a static method for each root, one for each object that stands in a list or a
/// map (methods have a size limit), and a table of the objects that are referred to more than once.
static final class Writer {
  private static final ClassDesc OPTIONAL = ClassDesc.of("java.util.Optional");
  private static final ClassDesc LIST = ClassDesc.of("java.util.List");
  private static final ClassDesc MAP = ClassDesc.of("java.util.Map");
  private static final ClassDesc LINKED_MAP = ClassDesc.of("java.util.LinkedHashMap");
  private static final ClassDesc TABLE = CD_Object.arrayType();

  private final ClassDesc self;
  private final Map<Object, Integer> references = new IdentityHashMap<>();
  private final List<Object> met = new ArrayList<>();
  private final Map<Object, Integer> shared = new IdentityHashMap<>();
  private final Map<Object, String> names = new IdentityHashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private int methods;

  private record Pending(String name, Object value) {}

  Writer(ClassDesc self) {
    this.self = self;
  }

  byte[] classOf(Map<String, Object> roots) {
    return ClassFile.of()
        .build(
            self,
            builder -> {
              builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
              roots.forEach((name, value) -> root(builder, name, value));
            });
  }

  private void root(ClassBuilder builder, String name, Object value) {
    references.clear();
    met.clear();
    shared.clear();
    names.clear();
    count(value);
    // In the order in which they were met: that of an identity map differs from run to run.
    for (Object object : met) {
      if (references.getOrDefault(object, 0) > 1) {
        shared.put(object, shared.size());
      }
    }
    builder.withMethodBody(
        name,
        MethodTypeDesc.of(OPTIONAL),
        ClassFile.ACC_STATIC,
        code -> {
          code.loadConstant(shared.size()).anewarray(CD_Object).astore(0);
          emit(code, value, Object.class);
          code.invokestatic(OPTIONAL, "of", MethodTypeDesc.of(OPTIONAL, CD_Object)).areturn();
        });
    while (!pending.isEmpty()) {
      Pending next = pending.poll();
      builder.withMethodBody(
          next.name,
          MethodTypeDesc.of(CD_Object, TABLE),
          ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE,
          code -> {
            record(code, (Record) next.value);
            Integer slot = shared.get(next.value);
            if (slot != null) {
              code.dup().aload(0).swap().loadConstant(slot).swap().aastore();
            }
            code.areturn();
          });
    }
  }

  /// How often each record is referred to.
  private void count(Object value) {
    switch (value) {
      case Record record -> {
        if (references.merge(record, 1, Integer::sum) == 1) {
          met.add(record);
          for (RecordComponent part : record.getClass().getRecordComponents()) {
            count(partOf(record, part));
          }
        }
      }
      case List<?> list -> list.forEach(this::count);
      case Map<?, ?> map -> inOrder(map).values().forEach(this::count);
      case Optional<?> optional -> optional.ifPresent(this::count);
      default -> {}
    }
  }

  /// Leaves the value on the stack.
  private void emit(CodeBuilder code, Object value, Class<?> type) {
    switch (value) {
      case String text -> code.loadConstant(text);
      case Boolean flag -> box(code.loadConstant(flag ? 1 : 0), type, Boolean.class, boolean.class);
      case Integer number -> box(code.loadConstant(number), type, Integer.class, int.class);
      case Long number -> box(code.loadConstant(number), type, Long.class, long.class);
      case Double number -> box(code.loadConstant(number), type, Double.class, double.class);
      case Enum<?> word -> {
        ClassDesc of = desc(word.getDeclaringClass());
        code.getstatic(of, word.name(), of);
      }
      case Duration time ->
          call(code.loadConstant(time.toNanos()), Duration.class, "ofNanos", long.class);
      case Optional<?> optional -> optional(code, optional);
      case OptionalDouble number -> {
        if (number.isPresent()) {
          call(code.loadConstant(number.getAsDouble()), OptionalDouble.class, "of", double.class);
        } else {
          call(code, OptionalDouble.class, "empty");
        }
      }
      case OptionalLong number -> {
        if (number.isPresent()) {
          call(code.loadConstant(number.getAsLong()), OptionalLong.class, "of", long.class);
        } else {
          call(code, OptionalLong.class, "empty");
        }
      }
      case OptionalInt number -> {
        if (number.isPresent()) {
          call(code.loadConstant(number.getAsInt()), OptionalInt.class, "of", int.class);
        } else {
          call(code, OptionalInt.class, "empty");
        }
      }
      case List<?> list -> list(code, list);
      case Map<?, ?> map -> map(code, map);
      case Record record -> reference(code, record);
      default -> throw new IllegalStateException("no code for a " + value.getClass());
    }
  }

  private void optional(CodeBuilder code, Optional<?> optional) {
    if (optional.isPresent()) {
      emit(code, optional.get(), Object.class);
      code.invokestatic(OPTIONAL, "of", MethodTypeDesc.of(OPTIONAL, CD_Object));
    } else {
      code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL));
    }
  }

  private void list(CodeBuilder code, List<?> list) {
    code.loadConstant(list.size()).anewarray(CD_Object);
    for (int i = 0; i < list.size(); i++) {
      code.dup().loadConstant(i);
      emit(code, list.get(i), Object.class);
      code.aastore();
    }
    code.invokestatic(LIST, "of", MethodTypeDesc.of(LIST, TABLE), true);
  }

  private void map(CodeBuilder code, Map<?, ?> map) {
    code.new_(LINKED_MAP).dup().invokespecial(LINKED_MAP, "<init>", MethodTypeDesc.ofDescriptor("()V"));
    inOrder(map).forEach(
        (key, value) -> {
          code.dup();
          emit(code, key, Object.class);
          emit(code, value, Object.class);
          code.invokeinterface(MAP, "put", MethodTypeDesc.of(CD_Object, CD_Object, CD_Object)).pop();
        });
  }

  /// Maps of `Map.copyOf` have no order, and another one in each run: sorted, builds are the same.
  private static Map<?, ?> inOrder(Map<?, ?> map) {
    if (map.getClass() != Map.of(1, 1, 2, 2).getClass()) {
      return map;
    }
    var sorted = new TreeMap<Object, Object>(Comparator.comparing(Object::toString));
    sorted.putAll(map);
    return sorted;
  }

  /// Small records stand where they are used; others have a method of their own.
  private void reference(CodeBuilder code, Record record) {
    Integer slot = shared.get(record);
    boolean small = record.getClass().getRecordComponents().length == 1;
    if (small && slot == null) {
      record(code, record);
      return;
    }
    var done = code.newLabel();
    if (slot != null) {
      code.aload(0).loadConstant(slot).aaload().dup().ifnonnull(done).pop();
    }
    code.aload(0).invokestatic(self, methodFor(record), MethodTypeDesc.of(CD_Object, TABLE));
    code.labelBinding(done).checkcast(desc(record.getClass()));
  }

  private String methodFor(Record record) {
    return names.computeIfAbsent(
        record,
        _ -> {
          String name = "make" + methods++;
          pending.add(new Pending(name, record));
          return name;
        });
  }

  private void record(CodeBuilder code, Record record) {
    ClassDesc of = desc(record.getClass());
    code.new_(of).dup();
    var types = new ArrayList<ClassDesc>();
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      emit(code, partOf(record, part), part.getType());
      types.add(desc(part.getType()));
    }
    code.invokespecial(of, "<init>", MethodTypeDesc.of(desc(void.class), types));
  }

  private static Object partOf(Record record, RecordComponent part) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void box(CodeBuilder code, Class<?> wanted, Class<?> box, Class<?> primitive) {
    if (!wanted.isPrimitive()) {
      call(code, box, "valueOf", primitive);
    }
  }

  private static void call(CodeBuilder code, Class<?> on, String name, Class<?>... parameters) {
    var types = new ArrayList<ClassDesc>();
    for (Class<?> parameter : parameters) {
      types.add(desc(parameter));
    }
    code.invokestatic(desc(on), name, MethodTypeDesc.of(desc(on), types));
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
