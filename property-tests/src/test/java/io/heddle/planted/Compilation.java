package io.heddle.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a few changed sources against the classes of this JVM, in memory. Thread-safe. */
final class Compilation {
  private static final String JAVA = "src/main/java/";
  private static final JavaCompiler COMPILER = compiler();
  // Keeps the jars of the class path open: one for all, one compilation at a time.
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, Locale.ROOT, UTF_8);

  private Compilation() {}

  private static JavaCompiler compiler() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("planted bugs need a JDK: this Java has no compiler");
    }
    return compiler;
  }

  /**
   * The classes of these sources by their names.
   *
   * @param sources by their paths below the root of all modules
   * @throws IllegalStateException if they do not compile
   */
  static synchronized Map<String, byte[]> of(String name, Map<String, String> sources) {
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach(
        (path, text) ->
            units.add(new Source(path.substring(path.indexOf(JAVA) + JAVA.length()), text)));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Memory memory = new Memory(FILES);
    List<String> options =
        List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
    if (!COMPILER.getTask(null, memory, diagnostics, options, null, units).call()) {
      StringBuilder errors = new StringBuilder(name + " does not compile:");
      for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
        if (each.getKind() == Diagnostic.Kind.ERROR) {
          errors.append('\n').append(each);
        }
      }
      throw new IllegalStateException(errors.toString());
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    memory.classes.forEach((type, bytes) -> classes.put(type, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("planted:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Takes the classes down instead of writing them. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("planted:///" + type), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(type, bytes);
          return bytes;
        }
      };
    }

    @Override
    public void close() {
      try {
        FILES.flush();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
