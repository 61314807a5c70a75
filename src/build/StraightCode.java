/// Rewrites compiled classes so that a start spins no code: Java makes a class or a chain of method
/// handles at the first use of each pattern switch and of each record's `equals` and `hashCode`, and
/// no AOT cache holds those. Here they become plain code that does the same. The sources keep their
/// sealed types, exhaustive switches and records. docs/performance.md has the figures.
///
/// Usage: `java -cp CLASSES:LIBRARIES StraightCode.java CLASSES`
///
/// Only switches whose labels are all types are touched, which is every one in this project;
/// running it twice changes nothing more.

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

static final MethodTypeDesc SWITCH = MethodTypeDesc.of(CD_int, CD_Object, CD_int);
static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

/// One switch: the name of its method and its labels in order.
record Switch(String name, List<ClassDesc> labels) {}

/// A record's field.
record Part(String name, ClassDesc type) {}

void main(String[] args) throws Exception {
  // New stack maps need to know what is an interface and what extends what.
  var hierarchy =
      ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
          .orElse(ClassHierarchyResolver.defaultResolver());
  var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  try (var paths = Files.walk(Path.of(args[0], "dev"))) {
    for (Path path : paths.filter(file -> file.toString().endsWith(".class")).toList()) {
      byte[] before = Files.readAllBytes(path);
      byte[] after = withStraightMethods(files, withStraightSwitches(files, before));
      if (after != before) {
        Files.write(path, after);
      }
    }
  }
}

byte[] withStraightSwitches(ClassFile files, byte[] bytes) {
  ClassModel model = files.parse(bytes);
  boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
  var switches = new ArrayList<Switch>();
  CodeTransform calls =
      (code, element) -> {
        Optional<List<ClassDesc>> labels =
            element instanceof InvokeDynamicInstruction call ? labels(call) : Optional.empty();
        if (labels.isPresent()) {
          var one = new Switch("typeOf$" + switches.size(), labels.get());
          switches.add(one);
          code.invokestatic(model.thisClass().asSymbol(), one.name, SWITCH, isInterface);
        } else {
          code.with(element);
        }
      };
  ClassTransform transform =
      ClassTransform.transformingMethodBodies(method -> method.code().isPresent(), calls)
          .andThen(
              ClassTransform.endHandler(
                  builder -> switches.forEach(one -> addSwitch(builder, one))));
  byte[] after = files.transformClass(model, transform);
  return switches.isEmpty() ? bytes : after;
}

void addSwitch(ClassBuilder builder, Switch one) {
  int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
  builder.withMethodBody(one.name, SWITCH, flags, code -> tests(code, one.labels));
}

/// The labels, if this is a switch over types alone.
Optional<List<ClassDesc>> labels(InvokeDynamicInstruction call) {
  if (!isBootstrap(call, "SwitchBootstraps", "typeSwitch")) {
    return Optional.empty();
  }
  var labels = new ArrayList<ClassDesc>();
  for (ConstantDesc label : call.bootstrapArgs()) {
    if (!(label instanceof ClassDesc type)) {
      return Optional.empty();
    }
    labels.add(type);
  }
  return Optional.of(labels);
}

boolean isBootstrap(InvokeDynamicInstruction call, String owner, String name) {
  var bootstrap = call.bootstrapMethod();
  return bootstrap.owner().displayName().equals(owner) && bootstrap.methodName().equals(name);
}

/// What SwitchBootstraps.typeSwitch promises: -1 for null, else the first label from `restart` on
/// that the value is of, else the number of labels.
void tests(CodeBuilder code, List<ClassDesc> labels) {
  var present = code.newLabel();
  code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
  for (int i = 0; i < labels.size(); i++) {
    var next = code.newLabel();
    code.iload(1).loadConstant(i).if_icmpgt(next);
    code.aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i).ireturn().labelBinding(next);
  }
  code.loadConstant(labels.size()).ireturn();
}

byte[] withStraightMethods(ClassFile files, byte[] bytes) {
  ClassModel model = files.parse(bytes);
  var parts = new HashMap<String, List<Part>>();
  for (MethodModel method : model.methods()) {
    parts(method).ifPresent(found -> parts.put(method.methodName().stringValue(), found));
  }
  parts.remove("toString");
  if (parts.isEmpty()) {
    return bytes;
  }
  ClassDesc self = model.thisClass().asSymbol();
  ClassTransform transform =
      (builder, element) -> {
        String name = element instanceof MethodModel m ? m.methodName().stringValue() : "";
        if (!parts.containsKey(name)) {
          builder.with(element);
        } else if (name.equals("equals")) {
          int flags = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
          var type = MethodTypeDesc.of(CD_boolean, CD_Object);
          builder.withMethodBody(name, type, flags, code -> equal(code, self, parts.get(name)));
        } else {
          int flags = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
          builder.withMethodBody(
              name, MethodTypeDesc.of(CD_int), flags, code -> hash(code, self, parts.get(name)));
        }
      };
  return files.transformClass(model, transform);
}

/// The fields that a method of a record is about, if Java would make its code at run time.
Optional<List<Part>> parts(MethodModel method) {
  if (method.code().isEmpty()) {
    return Optional.empty();
  }
  for (var element : method.code().get()) {
    if (element instanceof InvokeDynamicInstruction call
        && isBootstrap(call, "ObjectMethods", "bootstrap")) {
      var parts = new ArrayList<Part>();
      for (ConstantDesc argument : call.bootstrapArgs()) {
        if (argument instanceof DirectMethodHandleDesc getter) {
          parts.add(new Part(getter.methodName(), getter.invocationType().returnType()));
        }
      }
      return Optional.of(parts);
    }
  }
  return Optional.empty();
}

/// Equal if of the same record and each part is: primitives as their boxes compare, others by `equals`.
void equal(CodeBuilder code, ClassDesc self, List<Part> parts) {
  var different = code.newLabel();
  var another = code.newLabel();
  code.aload(0).aload(1).if_acmpne(another).iconst_1().ireturn().labelBinding(another);
  code.aload(1).instanceOf(self).ifeq(different);
  code.aload(1).checkcast(self).astore(2);
  for (Part part : parts) {
    code.aload(0).getfield(self, part.name, part.type);
    code.aload(2).getfield(self, part.name, part.type);
    if (part.type.isPrimitive()) {
      code.invokestatic(
              box(part.type), "compare", MethodTypeDesc.of(CD_int, part.type, part.type))
          .ifne(different);
    } else {
      code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
          .ifeq(different);
    }
  }
  code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
}

/// As Java's own: 31 times what was before plus the hash of the next part.
void hash(CodeBuilder code, ClassDesc self, List<Part> parts) {
  code.iconst_0();
  for (Part part : parts) {
    code.bipush(31).imul().aload(0).getfield(self, part.name, part.type);
    if (part.type.isPrimitive()) {
      code.invokestatic(box(part.type), "hashCode", MethodTypeDesc.of(CD_int, part.type));
    } else {
      code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
    }
    code.iadd();
  }
  code.ireturn();
}

ClassDesc box(ClassDesc primitive) {
  return switch (TypeKind.from(primitive)) {
    case BOOLEAN -> ClassDesc.of("java.lang.Boolean");
    case BYTE -> ClassDesc.of("java.lang.Byte");
    case CHAR -> ClassDesc.of("java.lang.Character");
    case SHORT -> ClassDesc.of("java.lang.Short");
    case INT -> ClassDesc.of("java.lang.Integer");
    case LONG -> ClassDesc.of("java.lang.Long");
    case FLOAT -> ClassDesc.of("java.lang.Float");
    case DOUBLE -> ClassDesc.of("java.lang.Double");
    case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
  };
}
