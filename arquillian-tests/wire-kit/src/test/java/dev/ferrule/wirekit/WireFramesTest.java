package dev.ferrule.wirekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.wirekit.WireFrames.LengthForm;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireFramesTest {
    @Test
    void aServersTextIsTheFirstExampleOfTheRfc() {
        assertThat(hex(WireFrames.server().text("Hello"))).isEqualTo("810548656c6c6f");
    }

    @Test
    void aClientsTextIsTheSecondExampleOfTheRfc() {
        assertThat(hex(WireFrames.client().text("Hello"))).isEqualTo("818537fa213d7f9f4d5158");
    }

    @Test
    void fragmentsAreTheThirdExampleOfTheRfc() {
        WireFrames server = WireFrames.server();
        assertThat(hex(WireFrames.join(server.text("Hel", false), server.continuation("lo", true))))
                .isEqualTo("010348656c" + "80026c6f");
    }

    @Test
    void aCloseFrameCarriesCodeAndReason() {
        assertThat(hex(WireFrames.server().close(1000, "bye"))).isEqualTo("880503e8627965");
    }

    @Test
    void lengthsTakeTheShortestFormUnlessToldOtherwise() {
        assertThat(hex(WireFrames.server().binary(new byte[126]))).startsWith("827e007e");
        assertThat(hex(WireFrames.server().binary(new byte[65536]))).startsWith("827f0000000000010000");
        assertThat(hex(WireFrames.server()
                        .frame()
                        .lengthForm(LengthForm.BITS_64)
                        .payload("x")
                        .bytes()))
                .isEqualTo("817f000000000000000178");
    }

    @Test
    void aDeclaredLengthMayLieInAllItsBits() {
        assertThat(hex(WireFrames.server()
                        .frame()
                        .rsv(5)
                        .opcode(11)
                        .fin(false)
                        .declaredLength(LengthForm.BITS_64, -1)
                        .bytes()))
                .isEqualTo("5b7fffffffffffffffff");
    }

    @Test
    void anOpcodeThatHasNoBitsIsRefused() {
        assertThatThrownBy(() -> WireFrames.client().frame().opcode(16)).hasMessageContaining("opcode 16");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
