package dev.ferrule.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The doors between rooms: who may know whom. Modules are walls that the compiler guards; packages are walls that this test
 * guards. A new dependency that fails here needs a reason, not another line.
 */
class DoorsTest {
    private static final JavaClasses FERRULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ferrule");

    private static final String CONTAINER = "dev.ferrule.container.";

    /** Inside the container: each package, and the packages that it may know beside {@code spi} and the engine. */
    private static final Map<String, List<String>> CONTAINER_DOORS = Map.ofEntries(
            Map.entry("server", List.of("settings", "session", "endpoint", "coder", "path", "connect")),
            Map.entry("client", List.of("settings", "session", "endpoint", "coder", "path", "connect")),
            Map.entry("session", List.of("send", "receive", "coder", "endpoint", "settings", "connect")),
            Map.entry("send", List.of("coder", "endpoint", "settings")),
            Map.entry("receive", List.of("coder", "endpoint", "settings")),
            Map.entry("coder", List.of()),
            Map.entry("endpoint", List.of()),
            Map.entry("memory", List.of("settings")),
            Map.entry("connect", List.of()),
            Map.entry("settings", List.of()),
            Map.entry("path", List.of()));

    @Test
    void everyRoomIsSeen() {
        assertThat(FERRULE.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.ferrule.engine",
                        "dev.ferrule.container.session",
                        "dev.ferrule.transport.netty",
                        "dev.ferrule.cdi",
                        "dev.ferrule.json",
                        "dev.ferrule.arquillian",
                        "dev.ferrule.testkit");
    }

    @Test
    void theEngineKnowsNothingButTheLanguage() {
        classes()
                .that()
                .resideInAPackage("dev.ferrule.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.ferrule.engine..",
                        "java.lang..",
                        "java.nio..",
                        "java.util..",
                        "java.security..",
                        "org.jspecify..")
                .check(FERRULE);
    }

    @Test
    void theFacadeOfTheEngineIsKnownToNoneOfItsParts() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.engine.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ferrule.engine")
                .check(FERRULE);
    }

    @Test
    void theLeafOfTheEngineKnowsNoOtherPartOfIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.engine.api")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule.engine..")
                        .and(DescribedPredicate.not(resideInAPackage("dev.ferrule.engine.api"))))
                .check(FERRULE);
    }

    static List<String> containerPackages() {
        return CONTAINER_DOORS.keySet().stream().sorted().toList();
    }

    @ParameterizedTest(name = "container.{0}")
    @MethodSource("containerPackages")
    void aPackageOfTheContainerKnowsOnlyItsNeighbours(String name) {
        DescribedPredicate<JavaClass> allowed = resideInAPackage(CONTAINER + name);
        for (String neighbour : CONTAINER_DOORS.get(name)) {
            allowed = allowed.or(resideInAPackage(CONTAINER + neighbour));
        }
        if (!List.of("path", "settings", "connect").contains(name)) {
            allowed = allowed.or(resideInAPackage(CONTAINER + "spi"));
        }
        if (List.of("server", "client", "session", "send", "receive").contains(name)) {
            allowed = allowed.or(resideInAPackage("dev.ferrule.engine.."));
        } else if (name.equals("memory")) {
            allowed = allowed.or(heads());
        }
        noClasses()
                .that()
                .resideInAPackage(CONTAINER + name)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule..").and(DescribedPredicate.not(allowed)))
                .check(FERRULE);
    }

    @Test
    void theSpiKnowsOfTheEngineTheTwoHeadsOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.container.spi")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule..")
                        .and(DescribedPredicate.not(
                                resideInAPackage("dev.ferrule.container.spi").or(heads()))))
                .check(FERRULE);
    }

    @Test
    void nothingDependsOnTheEntryPoints() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.container.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ferrule.container")
                .check(FERRULE);
    }

    @Test
    void aTransportKnowsBytesAndHeadsButNoFrameAndNoSession() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.transport..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                        "dev.ferrule.transport..",
                                        "dev.ferrule.container.spi",
                                        "dev.ferrule.container.settings")
                                .or(heads()))))
                .check(FERRULE);
    }

    @Test
    void theExtensionKnowsTheContainersDoorsAndNeitherTransportsNorWeld() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.cdi..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.ferrule..", "org.jboss.weld..", "io.netty..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "dev.ferrule.cdi..",
                                "dev.ferrule.container",
                                "dev.ferrule.container.connect",
                                "dev.ferrule.container.spi",
                                "dev.ferrule.container.settings"))))
                .check(FERRULE);
    }

    @Test
    void theJsonCodersKnowTheSpiOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.json..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.ferrule..", "org.eclipse.yasson..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("dev.ferrule.json..", "dev.ferrule.container.spi"))))
                .check(FERRULE);
    }

    @Test
    void theContainerForWarsKnowsTheEntryPointsAndTheSettingsOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.arquillian..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "dev.ferrule.arquillian..",
                                "dev.ferrule.container",
                                "dev.ferrule.container.settings"))))
                .check(FERRULE);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.ferrule.testkit, org.junit..",
        "dev.ferrule.testkit, org.jboss..",
        "dev.ferrule.testkit, jakarta.enterprise..",
        "dev.ferrule.testkit.junit, org.jboss..",
        "dev.ferrule.testkit.junit, jakarta.enterprise..",
        "dev.ferrule.testkit.arquillian, org.junit.."
    })
    void aPartOfTheTestKitNeedsOnlyTheFrameworkThatItIsFor(String part, String framework) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(framework)
                .check(FERRULE);
    }

    @Test
    void theTestKitKnowsTheContainersDoorsOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.ferrule.testkit..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ferrule..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "dev.ferrule.testkit..",
                                "dev.ferrule.cdi",
                                "dev.ferrule.container",
                                "dev.ferrule.container.memory",
                                "dev.ferrule.container.spi"))))
                .check(FERRULE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.ferrule.engine.(*)..",
                "dev.ferrule.container.(*)..",
                "dev.ferrule.transport.(**)",
                "dev.ferrule.cdi.(*)..",
            })
    void packagesHaveNoCycles(String pattern) {
        slices().matching(pattern)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(FERRULE);
    }

    @Test
    void attackersTextMeetsNoRegularExpression() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ferrule.engine..", "dev.ferrule.container.path")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .check(FERRULE);
    }

    @Test
    void nothingDependsOnTheTimeOfDay() {
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(FERRULE);
    }

    @Test
    void nothingPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ferrule.samples..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(FERRULE);
    }

    @Test
    void nothingLooksUpItsContainerThroughAStatic() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.enterprise.inject.spi.CDI")
                .check(FERRULE);
    }

    @Test
    void noStaticChangesItsValue() {
        fields().that().areStatic().should().beFinal().check(FERRULE);
    }

    private static DescribedPredicate<JavaClass> heads() {
        return DescribedPredicate.<JavaClass>describe(
                        "the two heads",
                        type -> type.isEquivalentTo(RequestHead.class) || type.isEquivalentTo(ResponseHead.class))
                .and(alwaysTrue());
    }
}
