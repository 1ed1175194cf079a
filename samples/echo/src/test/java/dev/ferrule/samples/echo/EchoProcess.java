package dev.ferrule.samples.echo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The sample in a process of its own, as people start it. */
final class EchoProcess implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<String> errors;

    private EchoProcess(Process process) {
        this.process = process;
        this.errors = new CompletableFuture<>();
        // A thread of its own: the common pool may have one thread only, which the JDK's HTTP client needs.
        Thread reader = new Thread(() -> errors.complete(text(process.errorReader())), "errors");
        reader.setDaemon(true);
        reader.start();
    }

    static EchoProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED"); // as the jar's manifest says
        }
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        for (String argument : arguments) {
            if (!argument.isEmpty()) {
                command.add(argument);
            }
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM would tell on standard error
        return new EchoProcess(builder.start());
    }

    /** Waits for the line that says that connections are accepted. */
    URI ready() throws IOException {
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith("Ready: ws://127.0.0.1:")) {
            throw new AssertionError("instead of Ready: " + line + "; errors: " + errors.join());
        }
        return URI.create(line.substring("Ready: ".length()));
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would close the streams that are read later
    }

    /** The exit code, when the process has ended. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        return process.exitValue();
    }

    /** What else the process printed, when it has ended. */
    String output() {
        return text(process.inputReader());
    }

    /** What the process printed to standard error, when it has ended. */
    String errors() {
        return errors.join();
    }

    private static String text(BufferedReader reader) {
        return String.join("\n", reader.lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
