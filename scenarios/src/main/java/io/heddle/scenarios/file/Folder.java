package io.heddle.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where a scenario is: the other files that it names are there, and nowhere else. */
interface Folder {
  /** Of a scenario in memory. */
  Folder NONE =
      new Folder() {
        @Override
        public byte[] read(Node node, String name, int largest) {
          throw node.fail(
              "names "
                  + ScenarioException.quoted(name)
                  + ", but this scenario has no directory to look in");
        }

        @Override
        public String shown(String name) {
          return name;
        }
      };

  /**
   * All of a file.
   *
   * @param node that names the file, where failures are reported
   * @param largest how many bytes it may have
   */
  byte[] read(Node node, String name, int largest);

  /** What messages call a file of this name. */
  String shown(String name);

  /** Of a scenario in a file: its directory, and those below. */
  static Folder beside(Path scenario) {
    return Optional.ofNullable(scenario.toAbsolutePath().getParent())
        .<Folder>map(directory -> new OnDisk(scenario, directory))
        .orElse(NONE);
  }

  /** A directory. */
  record OnDisk(Path scenario, Path directory) implements Folder {
    private static final int MOST_NAMES = 1_000;

    @Override
    public byte[] read(Node node, String name, int largest) {
      String shown = ScenarioException.quoted(name);
      Path relative = relative(node, name);
      try {
        Path file = directory.resolve(relative);
        if (!Files.exists(file)) {
          throw node.fail(
              "names " + shown + ", but there is no such file beside the scenario" + near(name));
        }
        Path real = file.toRealPath();
        if (!real.startsWith(directory.toRealPath())) {
          throw node.fail("names " + shown + ", a link that leads out of the scenario's directory");
        }
        if (!Files.isRegularFile(real)) {
          throw node.fail("names " + shown + ", which is not a regular file");
        }
        return bounded(node, shown, real, largest);
      } catch (AccessDeniedException denied) {
        throw node.fail("names " + shown + ", which may not be read by this user");
      } catch (IOException failure) {
        throw node.fail("names " + shown + ", which cannot be read");
      }
    }

    @Override
    public String shown(String name) {
      return scenario.resolveSibling(name).toString();
    }

    private static Path relative(Node node, String name) {
      String shown = ScenarioException.quoted(name);
      Path path;
      try {
        path = Path.of(name);
      } catch (InvalidPathException noPath) {
        throw node.fail("must be the name of a file, was " + shown);
      }
      if (path.isAbsolute() || path.getRoot() != null) {
        throw node.fail("must be relative to the scenario's directory, was " + shown);
      }
      for (Path part : path) {
        if (part.toString().equals("..")) {
          throw node.fail("must not lead out of the scenario's directory by '..', was " + shown);
        }
      }
      return path;
    }

    /** The file that was probably meant, of those that are there. */
    private String near(String name) throws IOException {
      TreeSet<String> names = new TreeSet<>();
      try (Stream<Path> files = Files.list(directory)) {
        files.limit(MOST_NAMES).forEach(file -> names.add(String.valueOf(file.getFileName())));
      }
      names.remove(String.valueOf(scenario.getFileName()));
      return Nearest.to(name, List.copyOf(names))
          .map(near -> "; did you mean " + ScenarioException.quoted(near) + "?")
          .orElse("");
    }

    private static byte[] bounded(Node node, String shown, Path file, int largest)
        throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(largest + 1);
        if (content.length > largest) {
          throw node.fail(
              "names " + shown + ", which has more than the " + largest + " bytes allowed");
        }
        return content;
      }
    }
  }
}
