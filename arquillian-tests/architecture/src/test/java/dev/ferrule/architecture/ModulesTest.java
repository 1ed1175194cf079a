package dev.ferrule.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every jar is a module whose descriptor and service files agree, and the whole stack runs on the module path. */
class ModulesTest {
    /** Of an API that may be absent: a module that provided it could not be resolved then. */
    private static final String OPTIONAL_SERVICE = "org.eclipse.microprofile.context.spi.ThreadContextProvider";

    static List<ModuleReference> modules() {
        return ClassPath.entries().stream()
                .filter(entry -> isFerrule(entry))
                .flatMap(entry -> ModuleFinder.of(entry).findAll().stream())
                .toList();
    }

    private static boolean isFerrule(Path entry) {
        return Stream.of("engine", "container", "transport-netty", "extension", "json-coders")
                .anyMatch(room -> entry.endsWith(Path.of(room, "target", "classes"))
                        || entry.toString().contains(room + "/target/ferrule-"));
    }

    @Test
    void everyRoomIsAModule() {
        assertThat(modules().stream().map(module -> module.descriptor().name()))
                .containsExactlyInAnyOrder(
                        "dev.ferrule.engine",
                        "dev.ferrule.container",
                        "dev.ferrule.transport.netty",
                        "dev.ferrule.cdi",
                        "dev.ferrule.json");
    }

    @Tag("obligation-15.4")
    @ParameterizedTest
    @MethodSource("modules")
    void theDescriptorProvidesWhatTheServiceFilesName(ModuleReference module) throws IOException {
        Set<String> provided = module.descriptor().provides().stream()
                .flatMap(service -> service.providers().stream().map(name -> service.service() + " by " + name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>();
        try (var reader = module.open()) {
            for (String resource : reader.list().toList()) {
                if (resource.startsWith("META-INF/services/") && !resource.endsWith("/")) {
                    String service =
                            resource.substring("META-INF/services/".length()).replace('$', '.');
                    if (service.equals(OPTIONAL_SERVICE)) {
                        continue;
                    }
                    String content =
                            new String(reader.open(resource).orElseThrow().readAllBytes());
                    content.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .forEach(name -> listed.add(service + " by " + name));
                }
            }
        }
        Set<String> dotted =
                provided.stream().map(line -> line.replace('$', '.')).collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(dotted);
    }

    @Tag("obligation-15.3")
    @ParameterizedTest
    @MethodSource("modules")
    void noModuleShipsPackagesOfOthers(ModuleReference module) {
        assertThat(module.descriptor().packages())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("dev.ferrule"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noModuleIsOpenToAll(ModuleReference module) {
        assertThat(module.descriptor().modifiers()).doesNotContain(ModuleDescriptor.Modifier.OPEN);
    }

    @Test
    @Tag("obligation-7.21")
    @Tag("obligation-15.4")
    void theApisProvidersAreAmongTheServices() {
        assertThat(modules().stream()
                        .flatMap(module -> module.descriptor().provides().stream())
                        .map(ModuleDescriptor.Provides::service))
                .contains(
                        "jakarta.websocket.ContainerProvider",
                        "jakarta.websocket.server.ServerEndpointConfig$Configurator");
    }

    @Test
    void aServerRunsOnTheModulePath() throws Exception {
        String modulePath = ClassPath.entries().stream()
                .filter(entry -> isFerrule(entry) || isNeeded(entry))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        Path log = Files.createTempFile("module-path", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath,
                        "--add-modules",
                        "dev.ferrule.container,dev.ferrule.transport.netty,dev.ferrule.json,dev.ferrule.cdi",
                        "--class-path",
                        Path.of("target", "test-classes").toString(),
                        ModulePathMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).contains("answer: [\"named modules\",3]");
        assertThat(process.exitValue()).isZero();
    }

    private static boolean isNeeded(Path entry) {
        String name = entry.getFileName().toString();
        return Stream.of(
                        "jakarta.websocket",
                        "jakarta.json",
                        "netty-",
                        "yasson",
                        "parsson",
                        "jakarta.json.bind",
                        "jakarta.enterprise.cdi-api",
                        "jakarta.enterprise.lang-model",
                        "jakarta.inject",
                        "jakarta.interceptor",
                        "jakarta.annotation",
                        "jandex")
                .anyMatch(name::startsWith);
    }
}
